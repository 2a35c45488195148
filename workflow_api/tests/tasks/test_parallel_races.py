"""Branches that arrive, are cancelled and handed over at the same instant, in any order."""

import os
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from racing import race
from splitting import ANA, BEN, CAT, as_, check, forking, fresh, go, open_steps, split
from world import received

from servicekit.errors import DomainError
from workflow_api.tasks import services
from workflow_api.tasks.loading import locked_task
from workflow_api.tasks.models import Assignment, Branch, TaskEvent
from workflow_api.tasks.services.bulk import ACTS
from workflow_api.tasks.states import State

EXAMPLES = int(os.environ.get("PARALLEL_LIFE_EXAMPLES", "10"))
STEPS = int(os.environ.get("PARALLEL_LIFE_STEPS", "25"))
WAYS = ["Ask>Check", "Ask>Order", "Check>Prove", "Check>Ask:reject", "Prove>Hand over"]
WAYS += ["Order>Hand over", "Budget>Hand over"]


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
            locked, frozen = locked_task(task.task_id, by=None)
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


class LifeOfASplitTask(RuleBasedStateMachine):
    """Any act, by anybody, upon any branch, in any order: refused by name, or all in order."""

    made = None

    def __init__(self):
        super().__init__()
        self.task = received()

    @rule(way=st.sampled_from(WAYS), who=st.sampled_from([1, ANA, BEN, 22, CAT]))
    def move(self, way, who):
        act = {"transition_id": self.made.ways[way], "notes": "because"}
        self._do(services.take_transition, by=as_(who), **act)

    @rule(
        action=st.sampled_from(["start", "complete", "reject", "hold", "resume", "reopen"]),
        who=st.sampled_from([1, 9, ANA, BEN, CAT]),
        which=st.none() | st.integers(0, 2),
    )
    def act(self, action, who, which):
        branch = {} if action in {"hold", "resume", "reopen"} else self._named(which)
        self._do(ACTS[action], by=as_(who), notes="because", **branch)

    @rule(
        action=st.sampled_from(["assign", "transfer"]),
        to=st.sampled_from([ANA, BEN, 22, CAT, 99]),
        which=st.none() | st.integers(0, 2),
    )
    def hand_over(self, action, to, which):
        self._do(ACTS[action], by=as_(1), user_id=to, notes="because", **self._named(which))

    @rule(who=st.sampled_from([BEN, CAT]), which=st.none() | st.integers(0, 2))
    def put_back(self, who, which):
        self._do(services.put_back_task, by=as_(who), **self._named(which))

    @precondition(lambda self: fresh(self.task).is_open)
    @rule(luck=st.integers(0, 9))
    def cancel(self, luck):
        if luck:
            return
        task, frozen = locked_task(self.task.task_id, by=None)
        services.cancel_ticket(task.ticket, task, frozen, at=timezone.now())

    def _named(self, which):
        """Name a branch that is under way, or none."""
        open_now = list(Branch.objects.filter(task=self.task, ended_at=None).order_by("id"))
        if which is None or which >= len(open_now):
            return {}
        return {"branch": open_now[which].id}

    def _do(self, service, **more):
        before = fresh(self.task)
        events = TaskEvent.objects.filter(task=before).count()
        try:
            service(task_id=self.task.task_id, at=timezone.now(), **more)
        except DomainError:
            assert fresh(before).version == before.version
            assert TaskEvent.objects.filter(task=before).count() == events
        else:
            assert fresh(before).version == before.version + 1
            assert TaskEvent.objects.filter(task=before).count() > events

    @invariant()
    def is_in_order(self):
        check(self.task)


@pytest.mark.django_db
@pytest.mark.parametrize("join", ["all", "first", 2])
def test_no_sequence_of_acts_breaks_the_rules_of_parallel_work(join):
    LifeOfASplitTask.made = forking(join=join, third=True)
    run_state_machine_as_test(
        LifeOfASplitTask,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
