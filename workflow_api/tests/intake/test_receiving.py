"""Tickets in: once, matched, assigned, told."""

from datetime import UTC, datetime

import pytest
from celery.exceptions import Reject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from world import deliver, freeze, inbox_row, received, role, ticket_data, workflow

from servicekit.contracts import (
    AssignmentNotification,
    BulkCreateNotifications,
    TicketStatus,
    TicketSync,
)
from servicekit.testing.races import race
from workflow_api.intake import services
from workflow_api.roles.models import Member
from workflow_api.sla.models import Calendar
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Assignment, Task, TaskEvent, Ticket
from workflow_api.workflows.graph import Graph

pytestmark = pytest.mark.django_db(transaction=True)


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


@pytest.mark.parametrize("in_business_hours", [False, True])
def test_a_ticket_costs_at_most_14_statements_and_two_commits(it_support, in_business_hours):
    if in_business_hours:
        hours = {"mon": [["00:00", "24:00"]], "thu": [["09:00", "17:00"]]}
        it_support.workflow.calendar = Calendar.objects.create(name="Office", weekly_hours=hours)
        graph = Graph.of(it_support.version.graph)
        freeze(it_support.workflow, graph)
    deliver(ticket_data())  # the version's graph is in the process from now on

    with CaptureQueriesContext(connection) as captured:
        deliver(ticket_data())

    statements = [query["sql"] for query in captured]
    of_transactions = [each for each in statements if each.startswith(("BEGIN", "COMMIT"))]
    assert len(statements) - len(of_transactions) <= 14
    assert of_transactions == ["BEGIN", "COMMIT AND CHAIN", "COMMIT"]
    attempt = statements.index("COMMIT AND CHAIN") - 1
    assert statements[attempt].startswith("\nINSERT INTO inbox")


def test_without_coordinators_a_ticket_has_no_owner():
    workflow([{"name": "Triage", "role": role(3, "L1 Support", 11)}], [("Triage", None, "forward")])
    task = received()
    assert (task.assignee_id, task.owner_id) == (11, None)


def test_a_coordinator_who_triages_owns_the_same_ticket():
    workflow(
        [{"name": "Triage", "role": role(2, "Ticket Coordinator", 9, 10)}],
        [("Triage", None, "forward")],
    )
    assert [(each.assignee_id, each.owner_id) for each in (received(), received())] == [
        (9, 9),
        (10, 10),
    ]


def test_the_same_message_again_has_no_effect(it_support):
    data = ticket_data("HDTS-1")
    for _ in range(10):
        deliver(data, message_id="message-same")

    assert Task.objects.count() == 1
    assert inbox_row("message-same").deliveries == 10


def test_the_same_ticket_in_another_message_is_a_duplicate(it_support):
    deliver(ticket_data("HDTS-1"))
    again = deliver(ticket_data("HDTS-1", updated_at="2026-03-01T00:00:00Z"))

    assert inbox_row(again).outcome == "duplicate"
    assert Task.objects.count() == 1
    noted = Ticket.objects.get()
    assert (noted.version, noted.revised_at) == (1, datetime(2026, 3, 1, tzinfo=UTC))


def test_other_content_without_a_newer_revision_is_a_conflict(it_support):
    deliver(ticket_data("HDTS-1", revision=2))
    silent = deliver(ticket_data("HDTS-1", title="Something else"))
    older = deliver(ticket_data("HDTS-1", title="Something else", revision=1))

    assert (inbox_row(silent).outcome, inbox_row(silent).code) == ("conflict", "CONTENT_DIFFERS")
    assert (inbox_row(older).outcome, inbox_row(older).code) == ("conflict", "STALE_REVISION")
    assert "title" in inbox_row(silent).reason
    assert Ticket.objects.get().title == "Network connectivity issue"


def test_a_newer_revision_moves_the_deadline_and_keeps_the_time_that_has_passed(
    it_support, outbox_of
):
    deliver(ticket_data("HDTS-1", revision=1, priority="high"))
    before = Task.objects.get()

    revised = deliver(
        ticket_data("HDTS-1", revision=2, priority="urgent", description="The whole floor")
    )

    task = Task.objects.select_related("ticket").get()
    assert inbox_row(revised).code == "REVISED"
    assert (task.priority, task.ticket.description) == ("urgent", "The whole floor")
    assert task.clock_from == before.clock_from
    assert task.sla_deadline - task.clock_from == it_support.workflow.urgent_sla
    assert Assignment.objects.get().due_at == task.step_deadline
    event = TaskEvent.objects.get(kind="ticket_revised")
    assert event.details == {"fields": ["description", "priority"]}
    assert outbox_of(TicketSync)[-1].ticket.version == 2


def test_a_ticket_that_fits_nothing_is_kept_and_admins_are_told(it_support, outbox_of):
    role(1, "Admin", 1, 5)
    message_id = deliver(ticket_data("HDTS-1", category="Gardening"))

    assert inbox_row(message_id).outcome == "unmatched"
    assert Ticket.objects.get().state == "unmatched"
    assert Task.objects.count() == 0
    [told] = outbox_of(BulkCreateNotifications)
    assert told.user_ids == [1, 5]
    assert [each.status for each in outbox_of(TicketStatus)] == ["unmatched"]


def test_an_unmatched_ticket_runs_once_a_workflow_fits(it_support, outbox_of):
    deliver(ticket_data("HDTS-1", category="Gardening"))
    assert services.match_waiting(at=timezone.now()) == 0

    gardeners = role(7, "Gardener", 71)
    workflow(
        [{"name": "Dig", "role": gardeners}],
        [("Dig", None, "forward")],
        category="gardening",
        sub_category="",
    )
    assert services.match_waiting(at=timezone.now()) == 1
    assert services.match_waiting(at=timezone.now()) == 0

    task = Task.objects.select_related("ticket").get()
    assert (task.assignee_id, task.ticket.state) == (71, "running")
    assert task.sla_deadline > task.ticket.received_at
    assert [each.status for each in outbox_of(TicketStatus)] == ["unmatched", "open"]
    assert [each.ticket.version for each in outbox_of(TicketSync)] == [1, 2]


def test_an_unmatched_ticket_is_matched_once_by_simultaneous_sweeps(it_support):
    deliver(ticket_data("HDTS-1", category="Gardening"))
    workflow(
        [{"name": "Dig", "role": role(7, "Gardener", 71)}],
        [("Dig", None, "forward")],
        category="Gardening",
    )

    begun = race(*[lambda: services.match_waiting(at=timezone.now())] * 4)

    assert sum(begun) == 1
    assert Task.objects.count() == 1


def test_a_revision_can_make_an_unmatched_ticket_fit(it_support):
    deliver(ticket_data("HDTS-1", category="Gardening", revision=1))
    fits = deliver(ticket_data("HDTS-1", revision=2))

    assert inbox_row(fits).outcome == "done"
    assert Task.objects.get().assignee_id == 11


def test_without_a_member_the_task_waits_visible_and_is_taken_up_in_deadline_order(
    it_support, outbox_of
):
    role(1, "Admin", 1)
    Member.objects.filter(role=3).update(is_active=False)
    for number, priority in enumerate(("low", "urgent", "high")):
        deliver(ticket_data(f"HDTS-{number}", priority=priority))
    assert set(Task.objects.values_list("assignee", flat=True)) == {None}
    assert len(outbox_of(BulkCreateNotifications)) == 3
    assert tasks.assign_waiting(at=timezone.now()) == 0

    Member.objects.filter(role=3).update(is_active=True)
    assert tasks.assign_waiting(at=timezone.now()) == 3

    taken = Assignment.objects.order_by("id").values_list("task__ticket__external_id", "person_id")
    assert list(taken) == [("HDTS-1", 11), ("HDTS-2", 12), ("HDTS-0", 11)]


def test_a_malformed_ticket_is_parked_with_its_faults(it_support):
    with pytest.raises(Reject):
        deliver(ticket_data("HDTS-1", priority="whenever", title=""), message_id="message-bad")

    row = inbox_row("message-bad")
    assert (row.outcome, row.code) == ("parked", "INVALID_PAYLOAD")
    assert "priority" in row.reason
    assert "title" in row.reason
    assert Ticket.objects.count() == 0


def test_critical_is_urgent_unless_the_setting_says_otherwise(it_support, settings):
    assert received(priority="Critical").priority == "urgent"
    settings.HDTS_PRIORITY_MAP = {"critical": "high"}
    assert received(priority="CRITICAL").priority == "high"
