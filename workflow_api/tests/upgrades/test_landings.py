"""Where a task lands in another version, or why it stays: the rules alone."""

from datetime import timedelta

import pytest

from workflow_api.tasks.states import State
from workflow_api.upgrades.rules import Course, Landing, Reason, Standing, Verdict
from workflow_api.workflows.frozen import PRIORITIES, FrozenVersion
from workflow_api.workflows.graph import Graph, Node, NodeKind

L1, L2, NOBODYS = 3, 4, 6
TRIAGE, ANALYSIS, ORDER = 10, 20, 30


def step(step_id: int, role_id: int = L1, **values: object) -> Node:
    return Node(
        step_id=step_id, name=f"Step {step_id}", role_id=role_id, role=f"R{role_id}", **values
    )


def version(number: int, *nodes: Node) -> FrozenVersion:
    return FrozenVersion(
        version_id=100 + number,
        workflow_id=1,
        number=number,
        name="Support",
        category="IT",
        sub_category="",
        department="",
        slas=dict.fromkeys(PRIORITIES, timedelta(hours=8)),
        end_logic="",
        assignment_strategy="round_robin",
        calendar_id=None,
        graph=Graph(nodes, ()),
    )


OLD = version(
    1,
    step(TRIAGE, escalate_to_role_id=L2),
    step(ANALYSIS, L2),
    step(ORDER, kind=NodeKind.AMS_CHECKOUT),
)


def landing(*nodes: Node, step_map: dict[int, int] | None = None, **values: object) -> Landing:
    course = Course(
        target=version(2, *nodes), step_map=step_map or {}, staffed=frozenset({L1, L2}),
        branched=frozenset({99}),
    )  # fmt: skip
    stands = {"version_id": 101, "step_id": TRIAGE, "role_id": L1, "state": State.PENDING}
    return course.landing(Standing(**stands | values), origin=OLD)


@pytest.mark.parametrize("state", [State.PENDING, State.IN_PROGRESS])
def test_a_step_that_is_still_there_is_the_same_step(state):
    found = landing(step(TRIAGE, L2), state=state)

    assert (found.verdict, found.reason, found.sentence) == (Verdict.SAME_STEP, None, "")
    assert (found.to_step.step_id, found.role_id, found.role) == (TRIAGE, L2, "R4")


def test_a_mapping_names_the_step_that_replaces_another_even_one_that_is_there():
    gone = landing(step(ANALYSIS, L2), step_map={TRIAGE: ANALYSIS})
    there = landing(step(TRIAGE), step(ANALYSIS, L2), step_map={TRIAGE: ANALYSIS})

    assert gone.verdict is there.verdict is Verdict.MAPPED_STEP
    assert gone.to_step.step_id == there.to_step.step_id == ANALYSIS


def test_a_step_that_is_mapped_to_itself_is_the_same_step():
    assert landing(step(TRIAGE), step_map={TRIAGE: TRIAGE}).verdict is Verdict.SAME_STEP


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (lambda: landing(step(ANALYSIS)), Reason.STEP_GONE),
        (lambda: landing(step(TRIAGE), step_map={TRIAGE: 77}), Reason.MAPPED_STEP_UNKNOWN),
        (lambda: landing(step(TRIAGE, kind=NodeKind.BMS_CHECKOUT)), Reason.KIND_CHANGED),
        (lambda: landing(step(ORDER), step_id=ORDER), Reason.KIND_CHANGED),
        (lambda: landing(step(99), step_map={TRIAGE: 99}), Reason.WITHIN_BRANCHES),
        (lambda: landing(step(TRIAGE, NOBODYS)), Reason.ROLE_WITHOUT_MEMBER),
        (lambda: landing(step(TRIAGE), state=State.ON_HOLD), Reason.ON_HOLD),
        (lambda: landing(step(TRIAGE), state=State.PENDING_EXTERNAL), Reason.WAITS_EXTERNAL),
        (lambda: landing(step(TRIAGE), state=State.COMPLETED), Reason.NOT_OPEN),
        (lambda: landing(step(TRIAGE), state=State.CLOSED), Reason.NOT_OPEN),
        (lambda: landing(step(TRIAGE), has_branches=True), Reason.BRANCHES_OPEN),
        (lambda: landing(step(TRIAGE), has_approvals=True), Reason.APPROVALS_GIVEN),
        (lambda: landing(step(TRIAGE), version_id=102), Reason.ALREADY_THERE),
    ],
)
def test_what_keeps_a_task_is_said_by_code_and_in_a_sentence(found, reason):
    stays = found()

    assert (stays.verdict, stays.reason, stays.is_safe) == (Verdict.UNSAFE, reason, False)
    assert stays.sentence.endswith(".")
    assert "{" not in stays.sentence


def test_a_step_of_another_system_lands_on_one_of_the_same_system():
    found = landing(step(ORDER, kind=NodeKind.AMS_CHECKOUT), step_id=ORDER)

    assert found.verdict is Verdict.SAME_STEP


def test_an_escalated_task_stays_with_the_role_that_it_was_escalated_to_if_that_is_still_so():
    stays = landing(step(TRIAGE, escalate_to_role_id=L2, escalate_to="R4"), role_id=L2)
    falls_back = landing(step(TRIAGE), role_id=L2)

    assert (stays.role_id, stays.role) == (L2, "R4")
    assert (falls_back.role_id, falls_back.role) == (L1, "R3")
