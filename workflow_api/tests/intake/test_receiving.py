"""Tickets in: once, matched, assigned, told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from world import deliver, role, ticket_data, workflow

from servicekit.contracts import AssignmentNotification, TicketStatus, TicketSync
from workflow_api.tasks.models import Assignment, Task, TaskEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def it_support():
    agents = role(3, "L1 Support", 11, 12)
    role(2, "Ticket Coordinator", 9)
    return workflow([{"name": "Triage", "role": agents}], [("Triage", None, "forward")])


def test_a_ticket_becomes_an_assigned_task_with_deadlines(it_support, outbox_of):
    deliver(ticket_data("HDTS-1", priority="High", department="Ops", floor=3))

    task = Task.objects.select_related("ticket").get()
    ticket = task.ticket
    assert (ticket.external_id, ticket.priority, ticket.state) == ("HDTS-1", "high", "running")
    assert ticket.extra == {"floor": 3}
    assert (task.state, task.assignee_id, task.owner_id) == ("pending", 11, 9)
    assert task.sla_deadline - ticket.received_at == it_support.workflow.high_sla
    assert task.step_deadline <= task.sla_deadline
    assert Assignment.objects.get().person_id == 11
    assert list(TaskEvent.objects.order_by("id").values_list("kind", flat=True)) == [
        "created",
        "assigned",
    ]
    [told] = outbox_of(AssignmentNotification)
    assert (told.user_id, told.user_email, told.user_name) == (11, "user11@example.com", "User 11")
    [sync] = outbox_of(TicketSync)
    assert sync.ticket.participants == [9, 11]
    [status] = outbox_of(TicketStatus)
    assert (status.ticket_id, status.status, status.task_id) == ("HDTS-1", "open", task.task_id)


def test_a_ticket_costs_at_most_14_statements_and_two_commits(it_support):
    deliver(ticket_data())  # the version's graph is in the process from now on

    with CaptureQueriesContext(connection) as captured:
        deliver(ticket_data())

    statements = [query["sql"] for query in captured]
    print("\n".join(each[:150] for each in statements))
    assert len(statements) <= 14
    assert statements.count("COMMIT") == 1  # the other one is the attempt, in autocommit
    assert statements[0].startswith("\nINSERT INTO inbox")
