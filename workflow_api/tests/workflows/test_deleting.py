"""Deleting a workflow in the instant of its first task: one of the two is refused, in words."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient
from world import deliver, inbox_row, role, ticket_data, ticket_of, workflow

from servicekit.testing.races import race
from servicekit.testing.tokens import make_token
from servicekit.testing.worker import PATIENCE_S
from workflow_api.tasks.models import Task, Ticket, TicketState
from workflow_api.workflows.models import Workflow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def people():
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)


def made(category="Printer"):
    return workflow(
        [{"name": "Do", "role": role(3, "L1 Support", 11), "is_end": True}], category=category
    ).workflow


def client():
    found = APIClient(raise_request_exception=False)
    token = make_token(user_id=1, username="user1", roles=(("tts", "Admin"),))
    found.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return found


def delete(number):
    return client().delete(f"/workflows/{number}/")


def assign(ticket_id, number):
    return client().post(f"/tickets/{ticket_id}/assign-workflow/", {"workflow_id": number})


def unmatched():
    data = ticket_data(category="Fits nothing")
    deliver(data)
    return ticket_of(data["ticket_id"]).id


def waits_for_a_lock():
    with connection.cursor() as cursor:
        # Within a transaction the server would go on telling what it told first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def beside(act):
    """Run an act in a thread until it waits for our locks or is done; returns its answers."""
    answers = []

    def run():
        try:
            answers.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + PATIENCE_S
    while thread.is_alive() and not waits_for_a_lock() and time.monotonic() < until:
        time.sleep(0.02)
    return thread, answers


def test_a_delete_waits_for_the_first_task_and_is_then_refused():
    found, ticket_id = made(), unmatched()

    with transaction.atomic():
        assert assign(ticket_id, found.workflow_id).status_code == 201
        thread, answers = beside(lambda: delete(found.workflow_id))
    thread.join(PATIENCE_S)

    [answer] = answers
    assert answer.status_code == 409
    assert "has tasks" in answer.json()["error"]
    assert Task.objects.get().workflow_id == found.workflow_id


def test_a_delete_waits_for_a_ticket_that_is_being_received():
    found = made()

    with transaction.atomic():
        message_id = deliver(ticket_data(category="Printer"))
        thread, answers = beside(lambda: delete(found.workflow_id))
    thread.join(PATIENCE_S)

    [answer] = answers
    assert answer.status_code == 409
    assert "has tasks" in answer.json()["error"]
    assert inbox_row(message_id).outcome == "done"


def test_a_task_that_comes_after_the_delete_is_refused():
    found, ticket_id = made(), unmatched()

    with transaction.atomic():
        assert delete(found.workflow_id).status_code == 204
        thread, answers = beside(lambda: assign(ticket_id, found.workflow_id))
    thread.join(PATIENCE_S)

    [answer] = answers
    assert answer.status_code == 409
    assert "was deleted meanwhile" in answer.json()["error"]
    assert Ticket.objects.get(pk=ticket_id).state == TicketState.UNMATCHED


def test_whoever_is_first_nobody_is_answered_with_500():
    for _ in range(8):
        found, ticket_id = made(), unmatched()
        number = found.workflow_id

        def receive():
            return inbox_row(deliver(ticket_data(category="Printer"))).outcome

        said = race(
            lambda number=number: delete(number).status_code,
            lambda number=number, ticket_id=ticket_id: assign(ticket_id, number).status_code,
            receive,
        )

        counted = Counter(said)
        assert set(said) <= {204, 201, 400, 409, "done", "unmatched"}, counted
        is_there = Workflow.objects.filter(pk=number).exists()
        assert (said[0] == 204) == (not is_there)
        assert is_there == Task.objects.filter(workflow=number).exists()
        Workflow.objects.filter(pk=number).update(status="paused")
