"""A task that forks, while people come and go and the help desk changes its mind: all in order."""

import os

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from splitting import ANA, BEN, CAT, SECOND, as_, check, forking, fresh
from world import received

from servicekit.errors import DomainError
from workflow_api.roles.models import Member
from workflow_api.tasks import past, services
from workflow_api.tasks.loading import locked_known_ticket
from workflow_api.tasks.models import Assignment, Branch, TaskEvent
from workflow_api.tasks.services.bulk import ACTS

EXAMPLES = int(os.environ.get("SPLIT_LIFE_EXAMPLES", "5"))
STEPS = int(os.environ.get("SPLIT_LIFE_STEPS", "25"))
ADMIN = as_(1)
PEOPLE = st.sampled_from([1, 1, ANA, BEN, CAT, SECOND[BEN]])
PICK = st.integers(0, 10**6)
OF_THE_TASK = ("hold", "resume", "reopen", "close")
OF_A_STEP = ("start", "complete", "approve", "reject", "escalate", "claim")
BACK = [("Order", "Ask", "reject"), ("Hand over", "Ask", "reject")]


class LifeOfASplitTask(RuleBasedStateMachine):
    """Three branches, of which all, the first or two join."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()

    def teardown(self):
        self.check_the_past()
        transaction.savepoint_rollback(self.savepoint)

    @initialize(join=st.sampled_from(["all", "first", 2]))
    def begin(self, join):
        Member.objects.update(is_active=True)
        self.made = forking(join=join, third=True, Check={"weight": 2}, edges=BACK)
        self.task = received()

    @rule(pick=PICK, who=PEOPLE)
    def go_over_any_edge(self, pick, who):
        ways = sorted(self.made.ways.values())
        self.do(services.take_transition, who, transition_id=ways[pick % len(ways)])

    @rule(pick=PICK)
    def go_over_an_edge_that_leaves_where_the_task_is(self, pick):
        graph = self.made.version.graph
        branches = list(Branch.objects.filter(task=self.task, ended_at=None))
        here = {each.current_step_id for each in branches or [fresh(self.task)]}
        ways = [each["transition_id"] for each in graph["edges"] if each["from_step"] in here]
        if ways:
            self.do(services.take_transition, 1, transition_id=ways[pick % len(ways)])

    @rule(action=st.sampled_from(OF_THE_TASK), who=PEOPLE)
    def act_on_the_task(self, action, who):
        self.do(ACTS[action], who)

    @rule(action=st.sampled_from(OF_A_STEP), who=PEOPLE, pick=PICK)
    def act_on_a_branch(self, action, who, pick):
        self.do(ACTS[action], who, branch=self.any_branch(pick))

    @rule(action=st.sampled_from(["transfer", "assign"]), to=PEOPLE, pick=PICK)
    def hand_over(self, action, to, pick):
        self.do(ACTS[action], 1, branch=self.any_branch(pick), user_id=to)

    @rule(who=st.sampled_from([BEN, SECOND[BEN], CAT]))
    def somebody_leaves_or_comes_back(self, who):
        is_active = Member.objects.filter(person=who, is_active=True).exists()
        Member.objects.filter(person=who).update(is_active=not is_active)
        services.assign_waiting(at=timezone.now())

    @rule(priority=st.sampled_from(["low", "urgent"]))
    def the_help_desk_changes_the_priority(self, priority):
        written, at = {"priority": priority}, timezone.now()
        services.revise_ticket(*self.locked(), written=written, at=at)

    @rule(dice=st.integers(0, 9))
    def the_help_desk_takes_it_back(self, dice):
        if dice == 0:
            services.cancel_ticket(*self.locked(), at=timezone.now())

    def locked(self):
        ticket = self.task.ticket
        return locked_known_ticket(source=ticket.source, external_id=ticket.external_id)

    def any_branch(self, pick):
        """Return a branch of the task, open or not, or none."""
        numbers = Branch.objects.filter(task=self.task).order_by("-id").values_list("id", flat=True)
        return [None, *numbers[:5]][pick % (min(len(numbers), 5) + 1)]

    def do(self, act, who, **more):
        before = fresh(self.task)
        events = TaskEvent.objects.filter(task=before).count()
        by = {"task_id": before.task_id, "by": as_(who), "at": timezone.now()}
        notes = {} if act is ACTS["claim"] else {"notes": "because"}
        try:
            act(**by, **notes, **more)
        except DomainError:
            assert fresh(before).version == before.version
            assert TaskEvent.objects.filter(task=before).count() == events
        else:
            assert fresh(before).version == before.version + 1
            assert TaskEvent.objects.filter(task=before).count() > events

    @invariant()
    def is_in_order(self):
        if not hasattr(self, "task"):
            return
        check(self.task)
        task = fresh(self.task)
        if not task.is_open:
            assert not Assignment.objects.filter(task=task, closed_at=None).exists()
            assert not Branch.objects.filter(task=task, ended_at=None).exists()

    def check_the_past(self):
        """The audit rows alone tell how the task and its branches are now."""
        if not hasattr(self, "task"):
            return
        now = fresh(self.task)
        found = past.task_as_of(now.task_id, at=timezone.now(), by=ADMIN)
        assert past.facts_of(found.task) == past.facts_of(now)
        branches = Branch.objects.filter(task=now, ended_at=None).order_by("id")
        told = sorted(found.branches, key=lambda each: each.id)
        assert [past.facts_of_branch(each) for each in told] == [
            past.facts_of_branch(each) for each in branches
        ]


@pytest.mark.django_db
def test_no_sequence_of_acts_upsets_parallel_work():
    run_state_machine_as_test(
        LifeOfASplitTask,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
