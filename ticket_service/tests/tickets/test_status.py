"""What the help desk hears of its tickets."""

import uuid
from datetime import datetime, timedelta

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection
from rest_framework.test import APIClient

from servicekit.contracts import TicketStatus
from servicekit.inbox.models import InboxMessage
from servicekit.messaging import Delivery
from servicekit.testing.broker import Broker
from servicekit.testing.worker import (
    django_database_url,
    process,
    wait_until,
    worker_command,
)
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.models import HelpDeskTicket, StatusChange
from ticket_service.tickets.tasks import apply_status

QUEUE = "ticket_status-default"


def update(ticket: HelpDeskTicket, status: str, at: datetime) -> TicketStatus:
    return TicketStatus(ticket_id=ticket.ticket_id, status=status, task_id="T-7", updated_at=at)


@pytest.mark.django_db
def test_a_ticket_shows_its_status_and_how_it_came_to_it(
    anonymous: APIClient, draft: TicketDraft, at: datetime
) -> None:
    ticket = services.create_ticket(draft=draft, at=at)
    for minute, status in enumerate(["pending", "in_progress", "completed"]):
        assert services.apply_status(
            update=update(ticket, status, at + timedelta(minutes=minute)), at=at
        )

    shown = anonymous.get(f"/api/tickets/{ticket.ticket_id}/").json()

    assert (shown["status"], shown["task_id"]) == ("completed", "T-7")
    history = [change["status"] for change in shown["status_history"]]
    assert history == ["pending", "in_progress", "completed"]


@pytest.mark.django_db
def test_an_older_update_changes_nothing(draft: TicketDraft, at: datetime) -> None:
    ticket = services.create_ticket(draft=draft, at=at)
    services.apply_status(update=update(ticket, "completed", at), at=at)

    is_news = services.apply_status(
        update=update(ticket, "pending", at - timedelta(seconds=1)), at=at
    )

    assert not is_news
    ticket.refresh_from_db()
    assert ticket.status == "completed"
    assert StatusChange.objects.count() == 1


@pytest.mark.django_db
def test_the_same_update_counts_once(draft: TicketDraft, at: datetime) -> None:
    ticket = services.create_ticket(draft=draft, at=at)

    applied = [services.apply_status(update=update(ticket, "done", at), at=at) for _ in range(3)]

    assert applied == [True, False, False]
    assert StatusChange.objects.count() == 1


@pytest.mark.django_db
def test_an_update_leaves_the_revision_alone(draft: TicketDraft, at: datetime) -> None:
    ticket = services.create_ticket(draft=draft, at=at)
    services.apply_status(update=update(ticket, "pending", at), at=at)

    ticket.refresh_from_db()
    assert (ticket.revision, ticket.updated_at) == (1, at)


@pytest.mark.django_db
def test_a_ticket_of_another_help_desk_is_left_alone(at: datetime) -> None:
    message = TicketStatus(ticket_id="ELSE-1", status="pending", updated_at=at)
    delivery = Delivery(message_id="m" * 8, task=message.TASK, queue=QUEUE, headers={}, body={})

    outcome = apply_status(message, delivery)

    assert outcome is not None
    assert (outcome.outcome, outcome.code) == ("unmatched", "RESOURCE_NOT_FOUND")


@pytest.mark.django_db(transaction=True)
def test_a_worker_applies_updates_from_the_queue_once_each(
    broker: Broker, draft: TicketDraft, at: datetime
) -> None:
    broker.declare(QUEUE)
    ticket = services.create_ticket(draft=draft, at=at)
    order = [("completed", 2), ("pending", 0), ("closed", 3), ("in_progress", 1)]
    messages = [update(ticket, status, at + timedelta(minutes=n)) for status, n in order]
    database = django_database_url(str(connection.settings_dict["NAME"]))

    with process(
        *worker_command("ticket_service.celery", QUEUE),
        DATABASE_URL=database,
        DJANGO_SETTINGS_MODULE="ticket_service.settings",
    ):
        for message in messages:
            message_id = str(uuid.uuid4())
            for _ in range(2):
                send(message, message_id)
        wait_until(
            lambda: (
                InboxMessage.objects.exclude(outcome="received").count() == 4
                and broker.count(QUEUE) == 0
            ),
            what="four messages done",
        )

    ticket.refresh_from_db()
    assert (ticket.status, ticket.task_id) == ("closed", "T-7")
    history = StatusChange.objects.order_by("id").values_list("status", flat=True)
    assert list(history) == ["completed", "closed"]
    outcomes = InboxMessage.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["done", "duplicate", "done", "duplicate"]


def send(message: TicketStatus, message_id: str) -> None:
    app = Celery(broker=django_settings.AMQP_URL, set_as_current=False)
    with app.connection_for_write() as open_connection:
        app.send_task(
            message.TASK,
            queue=QUEUE,
            kwargs=message.kwargs(),
            task_id=message_id,
            connection=open_connection,
        )
