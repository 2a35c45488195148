"""A header of AMQP may be of any type: none stops the worker, each message is worked or parked."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from kit_app.models import Effect
from kit_app.wire import encoded, headers

from servicekit.inbox.models import MALFORMED, InboxMessage, Result
from servicekit.messaging import consumer, guard
from servicekit.testing.broker import Broker
from servicekit.testing.worker import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"content_type": "application/json", "content_encoding": "utf-8"}
NAMES = [
    "task", "id", "eta", "expires", "compression", "lang", "root_id", "parent_id", "group",
    "retries", "timelimit", "argsrepr", "kwargsrepr", "origin", "ignore_result", "shadow", "stamps",
    "stamped_headers", "replaced_task_nesting", "delivery", "x-request-id", "x-death",
    "x-hdts-kid", "x-hdts-ts", "x-hdts-sig",
]  # fmt: skip
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
VALUES: list[Any] = [
    None, True, 7, -1, 2**62, 3.5, Decimal("1.5"), "", "x" * 5000, "a\x00b", b"\xff\xfe",
    [], [1, "a", {}], {}, {"a": {"b": [1]}}, WHEN,
]  # fmt: skip


def test_no_header_of_any_type_stops_the_worker(
    worker: subprocess.Popen[bytes], queues: Broker, send: Callable[..., str]
) -> None:
    for name in NAMES:
        for number, value in enumerate(VALUES):
            body = encoded(subject=f"{name} {number}")
            queues.publish("kit.good", body, headers=headers() | {name: value}, **JSON)
    send(subject="last")
    sent = len(NAMES) * len(VALUES) + 1

    def settled() -> bool:
        parked = InboxMessage.objects.filter(outcome=Result.PARKED)
        return Effect.objects.count() + parked.count() == sent

    wait_until(settled, what="each worked or parked")
    assert Effect.objects.filter(subject="last").exists()
    assert not InboxMessage.objects.filter(code="UNREADABLE").exists()
    assert worker.poll() is None


def test_a_fault_of_the_guard_itself_is_one_of_the_message() -> None:
    with pytest.raises(guard.Malformed, match="AttributeError") as refused:
        consumer.admit(SimpleNamespace(), queue="kit.good")
    assert refused.value.code == "UNREADABLE"


def test_what_was_refused_is_found_by_the_id_that_its_sender_knows(
    worker: subprocess.Popen[bytes], queues: Broker, send: Callable[..., str]
) -> None:
    known = headers(id="order-4711")
    for body in (encoded(subject="a\x00b"), b"[1]"):
        queues.publish("kit.good", body, headers=known, **JSON)
    send(message_id="order-4711", subject="mended")
    parked = InboxMessage.objects.filter(task="kit.good", outcome=Result.PARKED)
    wait_until(lambda: parked.count() == 2, what="both parked")
    first, second = sorted(parked.values_list("message_id", flat=True), key=len)
    assert first == f"{MALFORMED}order-4711"
    assert second.startswith(f"{first}:")
    wait_until(lambda: Effect.objects.filter(subject="mended").exists())
