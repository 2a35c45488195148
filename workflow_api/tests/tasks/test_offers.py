"""What a task's page offers is what would be accepted: no more, and no less."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offering import (
    NOW,
    PEOPLE,
    REQUESTER,
    approving,
    attempts,
    check,
    do,
    named,
    offers,
    staffed,
    who,
    would_be_accepted,
)
from splitting import forking
from world import received, role

from servicekit.errors import DomainError
from workflow_api.roles.models import Availability, Member, Person
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Task
from workflow_api.tasks.routing import Action

EXAMPLES = int(os.environ.get("TASK_LIFE_EXAMPLES", "8"))
DAY = timedelta(days=1)
AT_ASK = (1, 9, 11, 12, 41)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    staffed()


def at_decide(*, asked_by=None, **values):
    definition = approving(**values)
    task = received(requester_email=REQUESTER)
    if asked_by is not None:
        services.assign_task(task_id=task.task_id, user_id=asked_by, by=who(1), at=NOW)
    services.take_transition(
        task_id=task.task_id,
        transition_id=definition.ways["Ask>Decide"],
        by=who(asked_by or task.assignee_id),
        at=NOW,
    )
    return Task.objects.get(pk=task.pk)


def approve(task, user_id):
    services.decide_task(task_id=task.task_id, action=Action.APPROVE, by=who(user_id), at=NOW)


def test_of_who_has_approved_another_approval_is_not_asked():
    task = at_decide(approvals_needed=3)
    approve(task, 23)

    assert {name for name, _, _ in offers(task, 23)} == {"reject"}
    assert {"approve", "reject"} <= {name for name, _, _ in offers(task, 21)}
    check(task)


def test_who_asked_is_offered_no_approval():
    task = at_decide(requester_may_approve=False, approvals_needed=2)
    assert {name for name, _, _ in offers(task, 22)} == {"reject"}
    check(task)


def test_who_did_the_step_before_is_offered_no_approval():
    role(3, "L1 Support", 21)
    task = at_decide(asked_by=21, previous_may_approve=False, approvals_needed=2)
    assert not {"approve"} & {name for name, _, _ in offers(task, 21)}
    assert {"reject"} <= {name for name, _, _ in offers(task, 21)}
    check(task)


@pytest.mark.parametrize("acts", [[], ["start"], ["start", "hold"], ["hold"], ["hold", "resume"]])
def test_at_a_step_everybody_is_offered_what_they_may_do(acts):
    approving()
    task = received()
    for act in acts:
        do(task, getattr(services, f"{act}_task"), 1)
    check(task, *AT_ASK)


def test_an_ended_task_is_reopened_or_closed_by_who_may():
    task = at_decide()
    approve(task, task.assignee_id)
    do(task, services.start_task, 1)
    check(task)
    services.decide_task(task_id=task.task_id, action=Action.COMPLETE, by=who(1), at=NOW)
    check(task)
    do(task, services.close_task, 1)
    check(task)


def test_what_waits_for_another_system_is_resumed():
    approving()
    task = received()
    do(task, services.wait_for_external, 1)
    check(task)


def test_what_nobody_holds_is_claimed_or_given_to_somebody():
    approving()
    task = received()
    Assignment.objects.filter(task=task).update(closed_at=NOW, outcome="transferred")
    Task.objects.update(assignee=None)
    check(task)


def test_nothing_is_handed_over_where_nobody_else_is_there():
    approving()
    task = received()
    others = Member.objects.filter(role=3).exclude(person=task.assignee_id)
    others.update(is_active=False)
    assert not {"transfer", "assign"} & {name for name, _, _ in offers(task, 9)}
    check(task)


@pytest.mark.parametrize(
    "limits",
    [
        {"absent_from": datetime(2020, 1, 1, tzinfo=UTC)},
        {"absent_from": datetime(2020, 1, 1, tzinfo=UTC), "absent_until": NOW + DAY},
        {"absent_from": datetime(2020, 1, 1, tzinfo=UTC), "absent_until": NOW - DAY},
        {"absent_from": NOW + DAY},
        {"max_open_tasks": 0},
        {"max_open_tasks": 1},
    ],
)
def test_an_escalation_is_offered_while_somebody_above_can_be_given_work(limits):
    approving()
    task = received()
    Availability.objects.create(person_id=41, **limits)
    check(task, 1, 9, task.assignee_id)


def test_who_stands_in_is_offered_the_decision():
    task = at_decide()
    Availability.objects.create(person_id=task.assignee_id, absent_from=NOW - DAY, substitute_id=31)
    check(task)


def test_of_a_task_that_is_split_each_branch_offers_its_own():
    made = forking(Check={"escalate_to": named("L2 Support")})
    task = received()
    services.take_transition(
        task_id=task.task_id, transition_id=made.ways["Ask>Check"], by=who(1), at=NOW
    )
    check(task)
    do(task, services.hold_task, 1)
    check(task)


def in_order(offer):
    """Order offers so that the same choice is the same act, whatever numbers the ways have."""
    user_id, (action, transition, branch) = offer
    return user_id, action, transition or 0, branch or 0


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(choices=st.data())
def test_after_any_acts_what_is_offered_is_what_is_accepted(choices):
    needed = choices.draw(st.integers(1, 3), label="approvals")
    may = choices.draw(st.booleans(), label="separation")
    with transaction.atomic():
        approving(approvals_needed=needed, requester_may_approve=may, previous_may_approve=may)
        task = received(requester_email=REQUESTER)
        for _ in range(6):
            task = Task.objects.get(pk=task.pk)
            every = {(user_id, name) for user_id in PEOPLE for name in offers(task, user_id)}
            if not every:
                break
            user_id, name = choices.draw(st.sampled_from(sorted(every, key=in_order)))
            assert would_be_accepted(task, attempts(task)[name], user_id)
            for act in attempts(task)[name]:
                try:
                    with transaction.atomic():
                        do(task, act, user_id)
                except DomainError:
                    continue
                break
            check(
                task, *choices.draw(st.sets(st.sampled_from(sorted(PEOPLE)), max_size=2)), user_id
            )
        transaction.set_rollback(True)
    assert Person.objects.exists()
