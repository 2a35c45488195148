"""What arrives in TICKET_TASKS_PRODUCTION, beside what a stock Celery producer sends."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from celery import Celery
from django.conf import settings as django_settings
from kombu.message import Message

from servicekit.contracts import ReceiveTicket
from servicekit.logs import adopt_request_id, request_id
from servicekit.messaging import service_app
from servicekit.outbox.relay import Relay
from servicekit.testing.broker import Broker
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db
QUEUE = "TICKET_TASKS_PRODUCTION"


@pytest.fixture
def queue(broker: Broker) -> Iterator[Broker]:
    broker.declare(QUEUE)
    yield broker
    broker.delete(QUEUE)


def relayed(broker: Broker) -> Message:
    relay = Relay(service_app())
    assert relay.publish_batch() == 1
    relay.close()
    message = broker.take(QUEUE)
    assert message is not None
    return message


def sent_by_stock_celery(broker: Broker, ticket_data: dict[str, Any]) -> Message:
    foreign = Celery(broker=django_settings.AMQP_URL, set_as_current=False)
    with foreign.connection_for_write() as open_connection:
        foreign.send_task(
            "tickets.tasks.receive_ticket",
            queue=QUEUE,
            kwargs={"ticket_data": ticket_data},
            connection=open_connection,
        )
    message = broker.take(QUEUE)
    assert message is not None
    return message


def test_the_id_of_the_request_travels_with_the_ticket(
    queue: Broker, draft: TicketDraft, at: datetime
) -> None:
    known = adopt_request_id("order-4711")
    services.create_ticket(draft=draft, at=at)
    request_id.set("")
    assert relayed(queue).headers["x-request-id"] == known == "order-4711"


def test_the_message_is_that_of_a_stock_celery_producer(
    queue: Broker, draft: TicketDraft, at: datetime
) -> None:
    services.create_ticket(draft=draft, at=at)
    ours = relayed(queue)
    theirs = sent_by_stock_celery(queue, json.loads(ours.body)[1]["ticket_data"])

    assert ours.headers.keys() == theirs.headers.keys()
    one_of_a_kind = {"id", "root_id", "origin", "ignore_result", "kwargsrepr"}
    for name in ours.headers.keys() - one_of_a_kind:
        assert ours.headers[name] == theirs.headers[name], name
    assert ours.headers["id"] == ours.headers["root_id"] == ours.properties["correlation_id"]
    assert ours.properties["delivery_mode"] == theirs.properties["delivery_mode"] == 2
    assert ours.properties["priority"] == theirs.properties["priority"]
    assert ours.properties.keys() - {"reply_to"} == theirs.properties.keys() - {"reply_to"}
    assert (ours.content_type, ours.content_encoding) == ("application/json", "utf-8")
    assert (theirs.content_type, theirs.content_encoding) == ("application/json", "utf-8")
    assert json.loads(ours.body) == json.loads(theirs.body)
    assert ours.delivery_info["exchange"] == theirs.delivery_info["exchange"] == ""
    assert ours.delivery_info["routing_key"] == theirs.delivery_info["routing_key"] == QUEUE


def test_the_body_is_what_the_intake_parses(
    queue: Broker, draft: TicketDraft, at: datetime
) -> None:
    ticket = services.create_ticket(draft=draft, at=at)

    args, kwargs, embedded = json.loads(relayed(queue).body)

    assert args == []
    assert embedded == {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
    data = ReceiveTicket.from_kwargs(kwargs).ticket_data
    assert (data.ticket_id, data.title, data.priority) == (ticket.ticket_id, draft.title, "high")
    assert (data.category, data.sub_category) == ("IT Support", "Network")
    assert (data.revision, data.created_at, data.updated_at) == (1, at, at)


def test_extra_fields_go_along_and_never_hide_the_tickets_own(
    queue: Broker, draft: TicketDraft, at: datetime
) -> None:
    extra = {"asset_id": "LAPTOP-001", "title": "Another title", "revision": 99}
    ticket = HelpDeskTicket.objects.get(
        id=services.create_ticket(draft=draft, at=at).id,
    )
    relayed(queue)

    services.revise_ticket(ticket_id=ticket.ticket_id, changes={"extra": extra}, at=at)

    data = json.loads(relayed(queue).body)[1]["ticket_data"]
    assert data["asset_id"] == "LAPTOP-001"
    assert (data["title"], data["revision"]) == (draft.title, 2)


def test_a_signed_message_carries_a_signature_that_can_be_checked(
    queue: Broker, draft: TicketDraft, at: datetime, settings: Any
) -> None:
    settings.HDTS_KEYS = {"k1": "the secret of both", "k0": "an older one"}
    services.create_ticket(draft=draft, at=at)

    message = relayed(queue)

    headers = message.headers
    data = json.loads(message.body)[1]["ticket_data"]
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    signed = f"{headers['x-hdts-ts']}.{headers['id']}.{canonical}".encode()
    expected = hmac.new(b"the secret of both", signed, hashlib.sha256).hexdigest()
    assert headers["x-hdts-kid"] == "k1"
    assert int(headers["x-hdts-ts"]) == int(at.timestamp())
    assert headers["x-hdts-sig"] == f"v1={expected}"


def test_publishing_again_sends_the_same_ticket_under_a_new_message_id(
    queue: Broker, draft: TicketDraft, at: datetime
) -> None:
    ticket = services.create_ticket(draft=draft, at=at)
    first = relayed(queue)

    services.publish_again(ticket_id=ticket.ticket_id, at=at)

    second = relayed(queue)
    assert json.loads(first.body) == json.loads(second.body)
    assert first.headers["id"] != second.headers["id"]
