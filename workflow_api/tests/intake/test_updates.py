"""The help desk changes its mind: cancellations, updates in any order, before and after."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from world import deliver, principal, received, role, ticket_data, ticket_of, workflow

from servicekit.contracts import BulkCreateNotifications, TicketStatus, TicketSync
from servicekit.inbox.models import InboxMessage
from servicekit.testing.races import race
from workflow_api.intake import services
from workflow_api.intake.verdicts import verdict_on
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Assignment, Task, Ticket
from workflow_api.tasks.routing import Action

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def it_support():
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    agents = role(3, "L1 Support", 11, 12)
    return workflow([{"name": "Triage", "role": agents, "is_end": True}])


def outcome_of(message_id):
    row = InboxMessage.objects.get(message_id=message_id)
    return row.outcome, row.code


@pytest.mark.parametrize(
    "act", [None, tasks.start_task, tasks.hold_task, tasks.wait_for_external], ids=str
)
def test_a_cancellation_ends_the_run_in_any_open_state(act, outbox_of):
    task = received(external_id="HDTS-1", revision=1)
    if act is not None:
        tasks.start_task(task_id=task.task_id, by=principal(11, "L1 Support"), at=timezone.now())
    if act not in {None, tasks.start_task}:
        act(task_id=task.task_id, by=principal(1, "Admin"), at=timezone.now(), notes="waits")

    message = deliver(ticket_data("HDTS-1", revision=2, status="Cancelled"))

    assert outcome_of(message) == ("done", "CANCELLED")
    task.refresh_from_db()
    assert (task.state, task.result, task.paused_at) == ("closed", "cancelled", None)
    assert ticket_of("HDTS-1").state == "cancelled"
    assert Assignment.objects.get().outcome == "cancelled"
    assert outbox_of(TicketStatus)[-1].status == "cancelled"
    assert outbox_of(TicketSync)[-1].ticket.status == "closed"
    assert outbox_of(BulkCreateNotifications)[-1].user_ids == [9, 11]


def test_a_cancellation_that_is_older_is_stale(outbox_of):
    task = received(external_id="HDTS-1", revision=5)

    message = deliver(ticket_data("HDTS-1", revision=4, status="cancelled"))

    assert outcome_of(message) == ("conflict", "STALE_REVISION")
    task.refresh_from_db()
    assert task.is_open


def test_a_cancellation_without_a_revision_counts_and_again_changes_nothing():
    received(external_id="HDTS-1", revision=5)

    first = deliver(ticket_data("HDTS-1", event="ticket.cancelled", status="cancelled"))
    again = deliver(ticket_data("HDTS-1", event="ticket.cancelled", status="cancelled"))

    assert outcome_of(first) == ("done", "CANCELLED")
    assert outcome_of(again) == ("duplicate", "SAME_TICKET")
    assert Ticket.objects.get().revision == 5


def test_what_has_ended_cannot_be_cancelled():
    task = received(external_id="HDTS-1", revision=1)
    by = principal(1, "Admin")
    tasks.start_task(task_id=task.task_id, by=by, at=timezone.now())
    tasks.decide_task(task_id=task.task_id, action=Action.COMPLETE, by=by, at=timezone.now())

    message = deliver(ticket_data("HDTS-1", revision=2, status="cancelled"))

    assert outcome_of(message) == ("conflict", "ALREADY_ENDED")
    assert ticket_of("HDTS-1").state == "resolved"


def test_a_ticket_that_waits_for_a_workflow_is_cancelled_as_well(outbox_of):
    deliver(ticket_data("HDTS-1", category="Gardening", revision=1))

    deliver(ticket_data("HDTS-1", category="Gardening", revision=2, status="cancelled"))

    assert ticket_of("HDTS-1").state == "cancelled"
    assert [each.status for each in outbox_of(TicketStatus)] == ["unmatched", "cancelled"]
    assert services.match_waiting(at=timezone.now()) == 0


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_updates_before_the_creation_wait_for_it_and_the_newest_wins(order):
    told = [
        ticket_data("HDTS-1", revision=2, title="Second", event="update"),
        ticket_data("HDTS-1", revision=3, title="Third", priority="urgent", event="update"),
        ticket_data("HDTS-1", revision=1, title="First"),
    ]
    messages = {index: deliver(told[index]) for index in order}
    services.apply_waiting_updates(at=timezone.now())

    ticket = ticket_of("HDTS-1")
    assert (ticket.title, ticket.priority, ticket.revision) == ("Third", "urgent", 3)
    assert Task.objects.get().priority == "urgent"
    assert outcome_of(messages[1]) == ("done", "REVISED")
    assert outcome_of(messages[0])[0] in {"done", "conflict"}
    assert services.apply_waiting_updates(at=timezone.now()) == 0


def test_an_update_that_nobody_created_waits_visibly():
    message = deliver(ticket_data("HDTS-1", event="update", revision=2))

    assert outcome_of(message) == ("unmatched", "WAITS_FOR_TICKET")
    assert services.apply_waiting_updates(at=timezone.now()) == 0
    assert Ticket.objects.count() == 0


def test_a_cancellation_that_came_first_ends_the_ticket_when_it_comes():
    deliver(ticket_data("HDTS-1", status="cancelled", revision=2))
    deliver(ticket_data("HDTS-1", revision=1))

    assert services.apply_waiting_updates(at=timezone.now()) == 1

    assert ticket_of("HDTS-1").state == "cancelled"
    assert not Assignment.objects.filter(closed_at=None).exists()


def test_simultaneous_sweeps_apply_an_update_once():
    deliver(ticket_data("HDTS-1", event="update", revision=2, title="Second"))
    deliver(ticket_data("HDTS-1", revision=1))

    applied = race(*[lambda: services.apply_waiting_updates(at=timezone.now())] * 4)

    assert sum(applied) == 1
    assert ticket_of("HDTS-1").title == "Second"


def test_a_more_urgent_priority_after_a_breach_of_the_old_one_is_derived_anew():
    task = received(external_id="HDTS-1", revision=1, priority="urgent")
    long_ago = timezone.now() - timedelta(hours=6)
    Task.objects.filter(pk=task.pk).update(
        clock_from=long_ago, sla_warned_at=long_ago, sla_breached_at=long_ago
    )

    deliver(ticket_data("HDTS-1", revision=2, priority="low"))

    task.refresh_from_db()
    assert task.clock_from == long_ago
    assert (task.sla_warned_at, task.sla_breached_at) == (None, None)
    assert task.sla_deadline == long_ago + timedelta(days=3)


def test_a_new_priority_on_hold_is_counted_as_the_stopped_clock_stands():
    task = received(external_id="HDTS-1", revision=1, priority="urgent")
    ago = [timezone.now() - timedelta(hours=hours) for hours in (30, 25)]
    Task.objects.filter(pk=task.pk).update(
        clock_from=ago[0], sla_warned_at=ago[1], sla_breached_at=ago[1]
    )
    tasks.hold_task(task_id=task.task_id, by=principal(11, "L1 Support"), at=ago[1], notes="Parts")

    deliver(ticket_data("HDTS-1", revision=2, priority="medium"))
    tasks.resume_task(task_id=task.task_id, by=principal(11, "L1 Support"), at=timezone.now())

    task.refresh_from_db()
    assert task.sla_deadline > timezone.now()
    assert (task.sla_warned_at, task.sla_breached_at) == (None, None)


@pytest.mark.parametrize("more", [{}, {"revision": 2}])
def test_a_cancellation_that_changes_nothing_else_counts_and_again_is_known(more):
    received(external_id="HDTS-1", revision=1)

    first = deliver(ticket_data("HDTS-1", event="cancel", **more))
    again = deliver(ticket_data("HDTS-1", event="cancel", **more))

    assert outcome_of(first) == ("done", "CANCELLED")
    assert outcome_of(again) == ("duplicate", "SAME_TICKET")
    assert ticket_of("HDTS-1").state == "cancelled"


def test_what_was_taken_back_in_between_does_not_come_late_and_win():
    """The third revision says what the first did; the second arrives last."""
    received(external_id="HDTS-1", revision=1, title="Old")
    third = deliver(ticket_data("HDTS-1", revision=3, title="Old"))
    second = deliver(ticket_data("HDTS-1", revision=2, title="New"))

    assert outcome_of(third) == ("duplicate", "SAME_TICKET")
    assert outcome_of(second) == ("conflict", "STALE_REVISION")
    assert (ticket_of("HDTS-1").title, ticket_of("HDTS-1").revision) == ("Old", 3)


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Again"},
        {"title": "Again", "revision": 1},
        {"title": "Again", "revision": 3},
        {"revision": 3},
        {"event": "cancel"},
        {"status": "cancelled", "revision": 3},
        {"status": "cancelled", "revision": 1},
        {"event": "update", "revision": 3, "title": "Again"},
        {"revision": 3, "category": "Gardening"},
    ],
    ids=str,
)
@pytest.mark.parametrize("state", ["running", "unmatched", "ended"])
def test_what_is_foretold_is_what_happens(values, state):
    category = {"category": "Unknown"} if state == "unmatched" else {}
    deliver(ticket_data("HDTS-1", revision=2, **category))
    if state == "ended":
        deliver(ticket_data("HDTS-1", event="cancel"))
    sent = ticket_data("HDTS-1", **category | values)

    foretold = verdict_on(sent).outcome

    assert foretold == outcome_of(deliver(sent))[0]
