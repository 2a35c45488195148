"""A real worker on a real broker: nothing malformed stops it, every message has its effect once."""

import os
import random
import signal
import subprocess
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from kit_app.models import Effect
from kit_app.wire import QUEUES, encoded, environment, headers

from servicekit.inbox.models import InboxMessage, Result
from servicekit.messaging.guard import MAX_BODY_BYTES
from servicekit.testing.broker import Broker
from servicekit.testing.worker import process, wait_until, worker_command

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"content_type": "application/json", "content_encoding": "utf-8"}

MALFORMED: list[tuple[bytes, dict[str, Any]]] = [
    (b"", {}),
    (b"null", {}),
    (b"{}", {}),
    (b"null", JSON),
    (b"{}", JSON),
    (b"[]", JSON),
    (b"", JSON),
    (b"", JSON | {"headers": headers()}),
    (b"null", JSON | {"headers": headers()}),
    (b"{}", JSON | {"headers": headers()}),
    (b"[[], {}]", JSON | {"headers": headers()}),
    (b"[[1], {}, {}]", JSON | {"headers": headers()}),
    (b"[[], 5, {}]", JSON | {"headers": headers()}),
    (b"\xff\xfe\x00", JSON | {"headers": headers()}),
    (b"\x80\x04N.", {"content_type": "application/x-python-serialize", "headers": headers()}),
    (encoded(subject="x"), {}),
    (encoded(subject="x"), {"headers": headers()}),
    (encoded(subject="x"), {"content_type": "text/plain", "headers": headers()}),
    (encoded(subject="x"), {"content_type": "application/json", "headers": headers()}),
    (encoded(subject="x"), JSON | {"headers": {"task": "kit.good"}}),
    (encoded(subject="x"), JSON | {"headers": {"id": "12345678"}}),
    (encoded(subject="x"), JSON | {"headers": headers(id="short")}),
    (encoded(subject="x"), JSON | {"headers": headers(id=12345678)}),
    (encoded(subject="x"), JSON | {"headers": headers(task="celery.backend_cleanup")}),
    (encoded(subject="x"), JSON | {"headers": headers(task="no.such.task")}),
    (encoded(subject="x"), JSON | {"headers": headers(task="kit.other")}),
    (encoded(subject="x"), JSON | {"headers": headers(eta="2999-01-01T00:00:00+00:00")}),
    (encoded(subject="x"), JSON | {"headers": headers(expires="1999-01-01T00:00:00+00:00")}),
    (encoded(subject="x"), JSON | {"headers": headers(compression="application/x-gzip")}),
    (encoded(subject="x\x00"), JSON | {"headers": headers()}),
    (b'[[], {"subject": "\\ud800"}, {}]', JSON | {"headers": headers()}),
    (b'[[], {"subject": NaN}, {}]', JSON | {"headers": headers()}),
    (encoded(subject="x" * MAX_BODY_BYTES), JSON | {"headers": headers()}),
    (b"[" * 50_000, JSON | {"headers": headers()}),
    (
        encoded(subject={"a": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}),
        JSON | {"headers": headers()},
    ),
]
# These are well-formed for Celery, and refused by the contract of the message.
INVALID: list[dict[str, Any]] = [
    {"subject": 5},
    {},
    {"wrong": "x"},
    {"self": "x"},
    {"subject": None},
]


def test_no_malformed_message_stops_the_worker_and_each_is_parked_and_dead_lettered(
    worker: subprocess.Popen[bytes], queues: Broker, send: Callable[..., str]
) -> None:
    assert len(MALFORMED) >= 30
    for number, (body, properties) in enumerate(MALFORMED):
        queues.publish("kit.good", body, **properties)
        send(subject=f"good {number}")
    for kwargs in INVALID:
        send(**kwargs)
    bad = len(MALFORMED) + len(INVALID)
    wait_until(lambda: Effect.objects.count() == len(MALFORMED), what="every good one worked")
    wait_until(lambda: queues.count("kit.good_DLQ") == bad, what="every bad one dead-lettered")
    parked = InboxMessage.objects.filter(outcome=Result.PARKED)
    assert parked.count() == bad
    assert all(row.code and row.reason for row in parked)
    assert worker.poll() is None


def test_a_stock_celery_producer_needs_nothing_of_ours(
    worker: subprocess.Popen[bytes], queues: Broker
) -> None:
    stock = Celery(broker=settings.AMQP_URL)
    stock.send_task("kit.good", queue="kit.good", kwargs={"subject": "stock"})
    wait_until(lambda: Effect.objects.filter(subject="stock").exists())
    stock.close()


def test_fifty_redeliveries_have_one_effect(
    worker: subprocess.Popen[bytes], queues: Broker, send: Callable[..., str]
) -> None:
    ids = [send(subject=str(number)) for number in range(10)]
    again = [number for number in range(10) for _ in range(49)]
    random.Random(7).shuffle(again)
    for number in again:
        send(message_id=ids[number], subject=str(number))
    wait_until(
        lambda: sum(InboxMessage.objects.values_list("deliveries", flat=True)) == 500,
        what="every delivery counted",
    )
    assert sorted(Effect.objects.values_list("subject", flat=True)) == sorted(map(str, range(10)))


def test_a_message_that_kills_its_worker_is_parked_after_five_attempts(
    worker: subprocess.Popen[bytes], queues: Broker, send: Callable[..., str]
) -> None:
    deadly = send(subject="deadly", boom="die")
    send(subject="after")
    wait_until(
        lambda: InboxMessage.objects.filter(message_id=deadly, outcome=Result.PARKED).exists(),
        what="the deadly one parked",
    )
    wait_until(lambda: Effect.objects.filter(subject="after").exists())
    row = InboxMessage.objects.get(message_id=deadly)
    assert (row.code, row.attempts) == ("MessageFailed", 6)
    assert not Effect.objects.filter(subject="deadly").exists()
    assert worker.poll() is None


@pytest.mark.parametrize(("boom", "code"), [("bug", "ZeroDivisionError"), ("park", "ON_PURPOSE")])
def test_an_exception_undoes_the_work_and_parks_the_message(
    worker: subprocess.Popen[bytes], send: Callable[..., str], boom: str, code: str
) -> None:
    message_id = send(subject="x", boom=boom)
    wait_until(lambda: InboxMessage.objects.filter(outcome=Result.PARKED).exists())
    assert InboxMessage.objects.get(message_id=message_id).code == code
    assert not Effect.objects.exists()


def test_the_outcome_of_the_work_is_kept(
    worker: subprocess.Popen[bytes], send: Callable[..., str]
) -> None:
    send(subject="x", boom="duplicate")
    wait_until(lambda: InboxMessage.objects.filter(outcome=Result.DUPLICATE).exists())
    assert InboxMessage.objects.get().reason == "seen before"


def hangs_at(subject: str) -> bool:
    """Whether a worker has begun with a message whose first attempt never ends."""
    return InboxMessage.objects.filter(payload__subject=subject).exists()


def test_killed_workers_lose_nothing_and_double_nothing(
    transactional_db: None, queues: Broker, send: Callable[..., str]
) -> None:
    wanted = {f"{number:02}" for number in range(30)}
    for number in range(30):
        send(subject=f"{number:02}", boom="hang" if number % 10 == 5 else "")
    for killed in range(3):
        command = worker_command("kit_app.celery", *QUEUES)
        with process(*command, start_new_session=True, **environment()) as running:
            wait_until(partial(hangs_at, f"{killed}5"), what="the worker is at work")
            os.killpg(running.pid, signal.SIGKILL)
    with process(*worker_command("kit_app.celery", *QUEUES), **environment()):
        wait_until(lambda: Effect.objects.count() >= 30)
        wait_until(lambda: queues.count("kit.good") == 0)
    assert set(Effect.objects.values_list("subject", flat=True)) == wanted
    assert Effect.objects.count() == 30
