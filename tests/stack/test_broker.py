"""What RabbitMQ is told to be: every queue of the contracts, plain, dead-lettered by policy."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from stack import rabbitmq
from stack.services import QUEUES

from servicekit import contracts
from servicekit.contracts.message import Message

PASSWORDS = {"hdts": "h", "operator": "o", "tts": "t"}


@pytest.fixture
def definitions() -> dict[str, Any]:
    return dict(json.loads(rabbitmq.definitions(PASSWORDS)))


def _messages() -> list[type[Message]]:
    found = [getattr(contracts, name) for name in dir(contracts)]
    return [
        each
        for each in found
        if isinstance(each, type) and issubclass(each, Message) and each is not Message
    ]


def test_every_queue_of_the_message_contracts_is_consumed_by_a_worker() -> None:
    assert {message.QUEUE for message in _messages()} <= set(QUEUES)


def test_every_queue_and_its_dead_letter_queue_are_defined(definitions: dict[str, Any]) -> None:
    names = {queue["name"] for queue in definitions["queues"]}
    assert names == {name for queue in QUEUES for name in (queue, f"{queue}_DLQ")}


def test_queues_are_durable_and_carry_no_argument(definitions: dict[str, Any]) -> None:
    for queue in definitions["queues"]:
        assert queue["durable"] is True
        assert queue["arguments"] == {}


@pytest.mark.parametrize("queue", QUEUES)
def test_each_queue_is_dead_lettered_by_exactly_one_policy(
    definitions: dict[str, Any], queue: str
) -> None:
    matching = [p for p in definitions["policies"] if re.search(p["pattern"], queue)]
    assert [policy["definition"] for policy in matching] == [
        {"dead-letter-exchange": "", "dead-letter-routing-key": f"{queue}_DLQ"}
    ]


def test_no_policy_matches_a_dead_letter_queue(definitions: dict[str, Any]) -> None:
    for policy in definitions["policies"]:
        assert not any(re.search(policy["pattern"], f"{queue}_DLQ") for queue in QUEUES)


def test_the_help_desk_touches_its_own_queue_only(definitions: dict[str, Any]) -> None:
    rights = next(p for p in definitions["permissions"] if p["user"] == "hdts")
    for queue in set(QUEUES) - {"TICKET_TASKS_PRODUCTION"}:
        for right in ("configure", "read", "write"):
            assert not re.search(rights[right], queue)
    assert re.search(rights["configure"], "TICKET_TASKS_PRODUCTION")


def test_a_password_hash_verifies_as_rabbitmq_does_it() -> None:
    raw = base64.b64decode(rabbitmq.password_hash("secret"))
    assert hashlib.sha256(raw[:4] + b"secret").digest() == raw[4:]


def test_no_password_stands_in_the_definitions() -> None:
    text = rabbitmq.definitions({name: f"pass-{name}" for name in PASSWORDS})
    assert "pass-" not in text
    assert "${" not in text
