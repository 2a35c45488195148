"""Branches that open, arrive and are cancelled at the same instant."""

from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from splitting import ANA, BEN, CAT, check, forking, fresh, go, open_steps, split
from world import received

from servicekit.errors import DomainError
from servicekit.testing.races import race
from workflow_api.tasks import services
from workflow_api.tasks.loading import locked_task
from workflow_api.tasks.models import Assignment, Branch, TaskEvent
from workflow_api.tasks.states import State


def tried(act):
    """Return a call that says what came of it."""

    def call():
        try:
            act()
        except DomainError as exc:
            return exc.status
        return 200

    return call


def moving(task, made, way, by, **more):
    return tried(lambda: go(task, made, way, by, at=timezone.now(), **more))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("join", ["all", "first", 2])
@pytest.mark.parametrize("attempt", range(4))
def test_of_branches_that_arrive_at_once_the_last_needed_opens_the_join_once(join, attempt):
    made = forking(join=join, third=True)
    task = split(made)
    go(task, made, "Check>Prove", BEN, at=timezone.now())
    prover = open_steps(task)["Prove"]

    answers = race(
        moving(task, made, "Prove>Hand over", prover, version=fresh(task).version),
        moving(task, made, "Order>Hand over", CAT),
        moving(task, made, "Budget>Hand over", ANA),
    )

    needed = {"all": 3, "first": 1, 2: 2}[join]
    assert Counter(answers)[200] == needed
    assert open_steps(task) == {"Hand over": ANA}
    assert TaskEvent.objects.filter(kind="step_entered", to_step="Hand over").count() == 1
    assert Branch.objects.filter(state="arrived").count() == needed
    assert Assignment.objects.filter(step_name="Hand over").count() == 1
    check(task)


@pytest.mark.django_db(transaction=True)
def test_one_branch_arrives_once_however_many_ask():
    made = forking()
    task = split(made)

    answers = race(*[moving(task, made, "Order>Hand over", CAT)] * 12)

    assert Counter(answers)[200] == 1
    assert Branch.objects.filter(state="arrived").count() == 1
    check(task)


@pytest.mark.django_db(transaction=True)
def test_a_fork_opens_once_however_many_ask():
    made = forking()
    task = received()

    answers = race(*[moving(task, made, "Ask>Check", ANA)] * 12)

    assert Counter(answers)[200] == 1
    assert Branch.objects.count() == 2
    check(task)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_an_arrival_and_a_cancellation_by_the_help_desk(attempt):
    made = forking()
    task = split(made)
    go(task, made, "Order>Hand over", CAT, at=timezone.now())
    go(task, made, "Check>Prove", BEN, at=timezone.now())
    prover = open_steps(task)["Prove"]

    def cancel():
        with transaction.atomic():
            locked, frozen = locked_task(task.task_id, by=None, at=timezone.now())
            services.cancel_ticket(locked.ticket, locked, frozen, at=timezone.now())

    answers = race(moving(task, made, "Prove>Hand over", prover), tried(cancel))

    assert answers[1] == 200
    assert open_steps(task) == {}
    assert fresh(task).state == State.CLOSED
    assert not Branch.objects.filter(ended_at=None).exists()
    check(task)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_a_rejection_out_and_an_arrival(attempt):
    made = forking()
    task = split(made)

    race(
        moving(task, made, "Check>Ask:reject", BEN),
        moving(task, made, "Order>Hand over", CAT),
    )

    assert open_steps(task) == {"Ask": ANA}
    check(task)


@pytest.mark.django_db(transaction=True)
def test_many_tasks_fork_at_once_without_a_deadlock():
    made = forking()
    tasks = [received() for _ in range(8)]

    answers = race(*[moving(task, made, "Ask>Order", ANA) for task in tasks])

    assert answers == [200] * 8
    held = Counter(
        Assignment.objects.filter(step_name="Check", closed_at=None).values_list(
            "person_id", flat=True
        )
    )
    assert max(held.values()) - min(held.values()) <= 1  # round robin stays exact
    for task in tasks:
        check(task)


@pytest.mark.django_db(transaction=True)
def test_acts_on_different_branches_do_not_refuse_each_other():
    made = forking()
    task = split(made)
    seen = task.version

    answers = race(
        moving(task, made, "Check>Prove", BEN, version=seen),
        moving(task, made, "Order>Hand over", CAT, version=seen),
    )

    assert answers == [200, 200]
    check(task)
