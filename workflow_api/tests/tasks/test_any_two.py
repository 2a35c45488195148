"""Any two that act on one task at once, people or the system: one after the other, never half."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from test_every_act import FROM_STATE, body_of, caller, check, definition, prepared

from servicekit.testing.races import race
from workflow_api.sla import services as sla
from workflow_api.tasks import services
from workflow_api.tasks.loading import locked_known_ticket
from workflow_api.tasks.models import OPEN_STATES, Assignment, Task, TaskEvent
from workflow_api.tasks.states import State

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
BY_STATE = {
    "start": ("start", "approve", "reject"),
    "claim": ("claim", "assign", "transfer", "escalate", "transition", "approve"),
    "resume": ("resume", "transfer", "assign"),
}


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        (state, first, second)
        for state, acts in BY_STATE.items()
        for first, second in itertools.combinations_with_replacement(acts, 2)
        if state in (first, second) or state == "resume"
    ],
)
def test_of_two_acts_in_any_state_one_wins(state, first, second):
    made = definition()
    task = prepared(state)

    statuses = race(*[caller(task, each, body_of(each, made, task)) for each in (first, second)])

    assert sorted(statuses) == [200, 409]
    check(Task.objects.get(pk=task.pk))


def help_desk(task, act):
    """Return what the help desk does to the ticket of a task, under its locks."""

    def call():
        with transaction.atomic():
            ticket = task.ticket
            found = locked_known_ticket(
                source=ticket.source, external_id=ticket.external_id, at=timezone.now()
            )
            act(*found, at=timezone.now())

    return call


def revise(ticket, task, frozen, *, at):
    services.revise_ticket(ticket, task, frozen, written={"priority": "urgent"}, at=at)


def race_with_every_act(other):
    """Yield each act with its task and its answer, after it ran beside something else."""
    made = definition()
    for action in sorted(FROM_STATE):
        task = prepared(action)
        other_call = other(task)
        status, _ = race(caller(task, action, body_of(action, made, task)), other_call)
        after = Task.objects.get(pk=task.pk)
        assert status in {200, 409}, action
        check(after)
        yield action, task, after


def test_the_help_desk_takes_a_ticket_back_while_somebody_acts():
    for action, before, after in race_with_every_act(
        lambda task: help_desk(task, services.cancel_ticket)
    ):
        if before.is_open:
            assert not after.is_open, action


def test_the_help_desk_changes_the_priority_while_somebody_acts():
    for action, before, after in race_with_every_act(lambda task: help_desk(task, revise)):
        if before.is_open and after.is_open:
            assert after.priority == "urgent", action
            assert after.sla_deadline < before.sla_deadline, action
            held = Assignment.objects.filter(task=after, closed_at=None)
            assert {each.due_at for each in held} <= {after.step_deadline}, action


def test_a_deadline_passes_while_somebody_acts():
    def overdue(task):
        past = timezone.now() - HOUR
        Task.objects.filter(pk=task.pk).update(sla_deadline=past, sla_warn_at=past - HOUR)
        return lambda: sla.sweep(at=timezone.now())

    for action, _, after in race_with_every_act(overdue):
        sla.sweep(at=timezone.now())
        breaches = TaskEvent.objects.filter(task=after, kind="sla_breach").count()
        runs = after.state in OPEN_STATES and after.state != State.ON_HOLD
        is_late = runs and after.sla_deadline < timezone.now()  # who resumed has moved it
        assert breaches == 1 if is_late else breaches <= 1, action
        check(Task.objects.get(pk=after.pk))


def test_a_waiting_task_is_given_out_while_somebody_acts():
    def waiting(task):
        Assignment.objects.filter(task=task, closed_at=None).update(
            closed_at=timezone.now(), outcome="transferred"
        )
        Task.objects.filter(pk=task.pk).update(assignee=None)
        return lambda: services.assign_waiting(at=timezone.now())

    for action, _, after in race_with_every_act(waiting):
        assert Assignment.objects.filter(task=after, closed_at=None).count() <= 1, action
