"""`messaging.ticket.sync` through a real RabbitMQ and a real worker."""

import json
import uuid
from typing import Any

import pytest
from django.db import connection

from messaging_service.tickets.models import Ticket
from servicekit.contracts import TicketSync
from servicekit.inbox.models import InboxMessage
from servicekit.testing.worker import django_database_url, process, wait_until, worker_command

QUEUE = TicketSync.QUEUE


def publish(broker: Any, ticket: dict[str, Any], message_id: str = "") -> None:
    message_id = message_id or str(uuid.uuid4())
    body = json.dumps([[], {"ticket": ticket}, {}])
    headers = {"task": TicketSync.TASK, "id": message_id, "lang": "py"}
    broker.publish(
        QUEUE,
        body,
        content_type="application/json",
        content_encoding="utf-8",
        headers=headers,
        correlation_id=message_id,
    )


@pytest.mark.django_db(transaction=True)
def test_tickets_arrive_once_newest_wins_and_poison_is_parked(broker: Any) -> None:
    broker.declare(QUEUE)
    database = django_database_url(connection.settings_dict["NAME"])
    worker = worker_command("messaging_service.celery", QUEUE)
    with process(*worker, DATABASE_URL=database, PROCESS_KIND="worker"):
        good = {"ticket_id": 9, "status": "pending", "participants": [3], "version": 2}
        publish(broker, good, "same-message-id")
        publish(broker, good, "same-message-id")
        publish(broker, good | {"version": 1, "status": "old"})
        publish(broker, {"ticket_id": "x", "version": 1})
        publish(broker, good | {"version": 2**80})
        publish(broker, good | {"version": 3, "status": "completed"})
        wait_until(lambda: Ticket.objects.filter(pk=9, version=3).exists())
        wait_until(lambda: broker.count(f"{QUEUE}_DLQ") == 2)
        wait_until(
            lambda: (
                sorted(InboxMessage.objects.values_list("outcome", flat=True))
                == ["done", "done", "duplicate", "parked", "parked"]
            )
        )
    assert Ticket.objects.get(pk=9).status == "completed"
