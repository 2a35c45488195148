"""Every act: one of fifty wins, one of every two wins, and no sequence of acts breaks the rules."""

import itertools
import os
from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from rest_framework.test import APIClient
from world import principal, received, role, workflow

from servicekit.errors import DomainError
from servicekit.testing.races import race
from servicekit.testing.tokens import make_token
from workflow_api.tasks import past, services
from workflow_api.tasks.models import Assignment, Task, TaskEvent
from workflow_api.tasks.routing import Action
from workflow_api.tasks.services.bulk import ACTS, NEEDED
from workflow_api.tasks.states import State

ADMIN = principal(1, "Admin", "L1 Support")
EXAMPLES = int(os.environ.get("TASK_LIFE_EXAMPLES", "15"))
STEPS = int(os.environ.get("TASK_LIFE_STEPS", "25"))
WORKING = ("complete", "approve", "reject", "transition", "hold", "transfer", "assign", "escalate")
FROM_STATE = {
    **dict.fromkeys(WORKING, State.IN_PROGRESS),
    "start": State.PENDING,
    "claim": State.PENDING,
    "resume": State.ON_HOLD,
    "reopen": State.COMPLETED,
    "close": State.COMPLETED,
}


def definition():
    """Return a workflow whose first step can be left in every way."""
    agents = role(3, "L1 Support", 1, 11, 12)
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    first = {"name": "Do", "role": agents, "is_end": True, "escalate_to": role(4, "L2", 21)}
    return workflow(
        [first, {"name": "Next", "role": agents, "is_end": True}],
        [("Do", "Next", "forward"), ("Do", "Next", "approve"), ("Do", "Next", "reject")],
    )


def task_in(state):
    task = received()
    if task.assignee_id != 11:
        services.assign_task(task_id=task.task_id, user_id=11, by=ADMIN, at=timezone.now())
    for act in {
        State.PENDING: [],
        State.IN_PROGRESS: ["start"],
        State.ON_HOLD: ["start", "hold"],
        State.COMPLETED: ["start", "complete"],
    }[state]:
        ACTS[act](task_id=task.task_id, by=ADMIN, at=timezone.now(), notes="x")
    return Task.objects.get(pk=task.pk)


def caller(task, action, body):
    token = make_token(user_id=1, username="user1", roles=(("tts", "Admin"), ("tts", "L1 Support")))

    def call():
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client.post(f"/tasks/{task.task_id}/{action}/", body, format="json").status_code

    return call


def body_of(action, made, task):
    more = {"transition_id": made.ways["Do>Next"]} if action == "transition" else {}
    if action in {"transfer", "assign"}:
        more = {"user_id": 12}
    return {"version": task.version, "notes": "because"} | more


def prepared(action):
    task = task_in(FROM_STATE[action])
    if action == "claim":
        Assignment.objects.filter(task=task).update(closed_at=timezone.now(), outcome="transferred")
        Task.objects.filter(pk=task.pk).update(assignee=None)
    return task


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", sorted(FROM_STATE))
def test_one_of_fifty_simultaneous_callers_succeeds(action):
    made = definition()
    task = prepared(action)

    statuses = race(*[caller(task, action, body_of(action, made, task))] * 50)

    assert Counter(statuses) == {200: 1, 409: 49}
    assert Task.objects.get(pk=task.pk).version == task.version + 1
    assert Assignment.objects.filter(task=task, closed_at=None).count() <= 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        *itertools.combinations_with_replacement(WORKING, 2),
        ("reopen", "close"),
        ("start", "hold"),
        ("start", "escalate"),
        ("start", "assign"),
        ("claim", "hold"),
    ],
)
def test_of_two_acts_on_one_version_one_wins_whichever_they_are(first, second):
    made = definition()
    task = prepared(first)

    statuses = race(*[caller(task, each, body_of(each, made, task)) for each in (first, second)])

    assert sorted(statuses) == [200, 409]
    check(Task.objects.get(pk=task.pk))


def check(task):
    """Whatever happened: one open assignment where somebody holds an open task, else none."""
    held = list(Assignment.objects.filter(task=task, closed_at=None))
    holds = task.is_open and task.assignee_id is not None
    assert [each.person_id for each in held] == ([task.assignee_id] if holds else [])
    assert bool(task.result) == (not task.is_open)
    assert (task.paused_at is not None) == (task.state == State.ON_HOLD)


class LifeOfATask(RuleBasedStateMachine):
    """Any act, by anybody, in any order: refused by name, or done with everything in order."""

    def __init__(self):
        super().__init__()
        self.task = received()

    @rule(
        action=st.sampled_from(sorted(set(ACTS) - NEEDED.keys() - {"claim"})),
        who=st.sampled_from([ADMIN, principal(11, "L1 Support"), principal(12, "L1 Support")]),
    )
    def act(self, action, who):
        self._do(ACTS[action], by=who, notes="because")

    @rule(action=st.sampled_from(["assign", "transfer"]), to=st.sampled_from([1, 11, 12, 21, 99]))
    def hand_over(self, action, to):
        self._do(ACTS[action], by=ADMIN, user_id=to, notes="because")

    @rule(which=st.integers(0, 2), who=st.sampled_from([ADMIN, principal(11, "L1 Support")]))
    def transition(self, which, who):
        way = self.task.workflow_version.graph["edges"][which]
        self._do(ACTS["transition"], by=who, transition_id=way["transition_id"], notes="because")

    @rule(who=st.sampled_from([ADMIN, principal(12, "L1 Support")]))
    def claim(self, who):
        self._do(ACTS["claim"], by=who)

    def _do(self, act, **more):
        before = Task.objects.get(pk=self.task.pk)
        events = TaskEvent.objects.filter(task=before).count()
        try:
            act(task_id=self.task.task_id, at=timezone.now(), **more)
        except DomainError:
            assert Task.objects.get(pk=before.pk).version == before.version
            assert TaskEvent.objects.filter(task=before).count() == events
        else:
            assert Task.objects.get(pk=before.pk).version == before.version + 1
            assert TaskEvent.objects.filter(task=before).count() > events

    @invariant()
    def is_in_order(self):
        check(Task.objects.get(pk=self.task.pk))

    def teardown(self):
        """The audit rows alone tell how the task is now."""
        found = past.task_as_of(self.task.task_id, at=timezone.now(), by=ADMIN, now=timezone.now())
        assert past.facts_of(found.task) == past.facts_of(Task.objects.get(pk=self.task.pk))


@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_the_rules():
    definition()
    run_state_machine_as_test(
        LifeOfATask,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.ON_HOLD, State.COMPLETED, State.IN_PROGRESS])
def test_only_a_pending_task_is_started(state):
    definition()
    task = task_in(state)

    assert caller(task, "start", {})() == 409
    assert Task.objects.get(pk=task.pk).version == task.version


def test_the_machine_knows_every_act():
    assert set(ACTS) | {"transition"} == set(FROM_STATE)
    assert Action.TRANSITION.value in FROM_STATE
