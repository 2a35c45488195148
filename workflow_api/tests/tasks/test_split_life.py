"""A task that forks, while people come and go and the help desk changes its mind: all in order.

SPLIT_LIFE_EXAMPLES is the number of lives per kind of join (500 in a long run, of
SPLIT_LIFE_STEPS=50 acts each).
"""

import os
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from splitting import ANA, BEN, CAT, SECOND, as_, check, forking, fresh
from world import received, role

from servicekit.errors import DomainError
from workflow_api.roles.models import Member
from workflow_api.tasks import past, services
from workflow_api.tasks.loading import locked_known_ticket
from workflow_api.tasks.models import Assignment, Branch, TaskEvent
from workflow_api.tasks.services.bulk import ACTS
from workflow_api.tasks.states import State

EXAMPLES = int(os.environ.get("SPLIT_LIFE_EXAMPLES", "10"))
STEPS = int(os.environ.get("SPLIT_LIFE_STEPS", "25"))
ADMIN = as_(1)
COORDINATOR, STRANGER = 9, 99
PEOPLE = st.sampled_from([1, 1, COORDINATOR, ANA, BEN, CAT, *SECOND.values(), STRANGER])
PICK = st.integers(0, 10**6)
OF_THE_TASK = ("hold", "resume", "reopen", "close")
OF_A_STEP = ("start", "put_back", "complete", "approve", "reject", "escalate", "claim")
EDGES = [
    ("Order", "Ask", "reject"),
    ("Hand over", "Ask", "reject"),
    ("Budget", "Hand over", "approve"),
]
ALL_ACTS = ACTS | {"put_back": partial(services.set_status, target=State.PENDING)}
WALK = [
    ("Ask>Check", 1),
    ("approve", ANA),
    ("Check>Prove", 1),
    ("Order>Hand over", 1),
    ("approve", SECOND[ANA]),
    ("Prove>Hand over", 1),
    ("start", 1),
    ("complete", 1),
    ("close", 1),
]


class LifeOfASplitTask(RuleBasedStateMachine):
    """Any act, by anybody, upon any of three branches: refused by name, or all in order."""

    def __init__(self, join):
        super().__init__()
        self.join = join
        self.savepoint = transaction.savepoint()

    def teardown(self):
        self.check_the_past()
        transaction.savepoint_rollback(self.savepoint)

    @initialize(length=st.integers(0, len(WALK)))
    def begin_somewhere(self, length):
        role(3, "L1 Support", SECOND[ANA])
        role(5, "Buying", SECOND[CAT])
        chiefs = {"escalate_to": role(6, "Chiefs", CAT, SECOND[CAT])}
        approved = {"requires_approval": True, "approvals_needed": 2}
        self.made = forking(
            join=self.join, third=True, edges=EDGES, Check=chiefs, Order=chiefs, Budget=approved
        )
        self.task = received()
        for name, who in WALK[:length]:
            if name in ALL_ACTS:
                self.do(ALL_ACTS[name], who)
            else:
                self.do(services.take_transition, who, transition_id=self.made.ways[name])

    @rule(pick=PICK, who=PEOPLE)
    def go_over_any_edge(self, pick, who):
        ways = sorted(self.made.ways.values())
        self.do(services.take_transition, who, transition_id=ways[pick % len(ways)])

    @rule(picks=st.lists(PICK, min_size=1, max_size=4))
    def go_over_edges_that_leave_where_the_task_is(self, picks):
        graph = self.made.version.graph
        for pick in picks:
            here = {each.current_step_id for each in self.places()}
            ways = [each["transition_id"] for each in graph["edges"] if each["from_step"] in here]
            if ways:
                self.do(services.take_transition, 1, transition_id=ways[pick % len(ways)])

    @rule(action=st.sampled_from(OF_THE_TASK), who=PEOPLE)
    def act_on_the_task(self, action, who):
        self.do(ALL_ACTS[action], who)

    @rule(action=st.sampled_from(OF_A_STEP), who=PEOPLE, pick=PICK)
    def act_on_a_branch(self, action, who, pick):
        self.do(ALL_ACTS[action], who, branch=self.any_branch(pick))

    @precondition(lambda self: fresh(self.task).current_step_name == "Hand over")
    @rule(action=st.sampled_from(["start", "complete", "close", "reopen"]))
    def end_or_begin_again(self, action):
        self.do(ALL_ACTS[action], 1)

    @rule(action=st.sampled_from(["transfer", "assign"]), to=PEOPLE, pick=PICK)
    def hand_over(self, action, to, pick):
        self.do(ALL_ACTS[action], 1, branch=self.any_branch(pick), user_id=to)

    @rule(action=st.sampled_from(["transfer", "assign"]), pick=PICK)
    def hand_over_within_the_role(self, action, pick):
        places = self.places()
        place = places[pick % len(places)]
        branch = place.id if isinstance(place, Branch) else None
        others = Member.objects.filter(role=place.current_role_id).exclude(person=place.assignee_id)
        for to in others.order_by("id").values_list("person_id", flat=True)[:1]:
            self.do(ALL_ACTS[action], 1, branch=branch, user_id=to)

    @rule(who=st.sampled_from([BEN, SECOND[BEN], CAT, SECOND[CAT]]))
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
        at = timezone.now()
        return locked_known_ticket(source=ticket.source, external_id=ticket.external_id, at=at)

    def places(self):
        """Return the open branches, or the task where it is not split."""
        branches = Branch.objects.filter(task=self.task, ended_at=None).order_by("id")
        return list(branches) or [fresh(self.task)]

    def any_branch(self, pick):
        """Return a branch of the task, mostly one that is open, or none."""
        branches = Branch.objects.filter(task=self.task).order_by("-id")
        some = [None, *branches.filter(ended_at=None), *branches.exclude(ended_at=None)[:2]]
        chosen = some[pick % len(some)]
        return chosen and chosen.id

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
        found = past.task_as_of(now.task_id, at=timezone.now(), by=ADMIN, now=timezone.now())
        assert past.facts_of(found.task) == past.facts_of(now)
        branches = Branch.objects.filter(task=now, ended_at=None).order_by("id")
        told = sorted(found.branches, key=lambda each: each.id)
        assert [past.facts_of_branch(each) for each in told] == [
            past.facts_of_branch(each) for each in branches
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("join", ["all", "first", 2])
def test_no_sequence_of_acts_upsets_parallel_work(join):
    run_state_machine_as_test(
        lambda: LifeOfASplitTask(join),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
