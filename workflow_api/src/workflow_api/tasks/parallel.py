"""A task that is split: its branches, what it shows of them, and whom its join waits for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from workflow_api.workflows.graph import Graph, Node
from workflow_api.workflows.regions import region_of

from .models import IS_UNDER_WAY, UNDER_WAY, Branch, BranchState, Task
from .states import WORKABLE, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """The step where the branches of a task meet, and the branches that it still waits for."""

    node: Node
    needed: int
    arrived: int
    waits_for: Sequence[Branch]


def branches_of(task: Task, graph: Graph) -> list[Branch]:
    """Return the branches under way, the one due first before the others.

    Without a query where the version has no fork.
    """
    if not graph.has_forks:
        return []
    rows = Branch.objects.filter(task=task, state__in=UNDER_WAY)
    found = list(rows.order_by("step_deadline", "id"))
    for branch in found:
        branch.task = task
    return found


def last_round_of(task: Task, graph: Graph) -> list[Branch]:
    """Return the branches of the last time that the task forked, with people and roles."""
    if not graph.has_forks:
        return []
    rows = Branch.objects.filter(task=task).select_related("assignee", "current_role")
    found = list(rows.order_by("-round", "id"))
    for branch in found:
        branch.task = task
    return [each for each in found if each.round == found[0].round]


def join_of(branches: Collection[Branch], graph: Graph) -> Join | None:
    """Return where the branches of one round meet; None when none of them is under way."""
    waits_for = [each for each in branches if each.is_under_way]
    if not waits_for:
        return None
    node = graph.node(region_of(graph, waits_for[0].fork_step_id).join)
    return Join(
        node=node,
        needed=node.arrivals_needed(len(branches)),
        arrived=sum(each.state == BranchState.ARRIVED for each in branches),
        waits_for=waits_for,
    )


def tasks_split_to(*conditions: Q, **values: Any) -> QuerySet[Branch, Any] | None:
    """Return the tasks that have such a branch under way; None where there is none. One query."""
    rows = Branch.objects.filter(IS_UNDER_WAY, *conditions, **values).values("task")
    return rows if rows.exists() else None


def follow(task: Task, branches: Collection[Branch]) -> None:
    """Let a task that is split show the step and the holder of the branch that is due first."""
    if not branches:
        return
    follow_state(task, branches)
    lead = min(branches, key=lambda each: (each.step_deadline, each.id))
    task.step_clock_from, task.step_deadline = lead.step_clock_from, lead.step_deadline
    task.current_step_id, task.current_step_name = lead.current_step_id, lead.current_step_name
    task.current_role_id, task.assignee_id = lead.current_role_id, lead.assignee_id


def follow_state(task: Task, branches: Collection[Branch]) -> None:
    """Let a task that is worked be in progress while one of its branches is."""
    if branches and State(task.state) in WORKABLE:
        task.state = state_of(branches)


def state_of(branches: Collection[Branch]) -> State:
    """Return the state of a task with these branches: in progress while one of them is."""
    is_worked = any(each.state == BranchState.IN_PROGRESS for each in branches)
    return State.IN_PROGRESS if is_worked else State.PENDING
