"""Parallel work: a fork opens branches, a join is entered when enough of them have arrived."""

from django.db.models import Max

from workflow_api.workflows.graph import Edge, Node
from workflow_api.workflows.regions import region_of

from .. import approvals, messages, turns
from ..changes import Change
from ..models import Branch, BranchState
from ..routing import Exit
from .moves import details_of, enter_step, put_at, tell_owner


def open_branches(change: Change, way: Exit) -> None:
    """Open every branch of the fork that the task leaves, each with who has the turn.

    The roles are locked until commit, in the order of their numbers.
    """
    task, graph, left = change.task, change.version.graph, change.place.current_step_name
    nodes = [graph.node(edge.to_step) for edge in way.opens if edge.to_step is not None]
    names = [node.name for node in nodes]
    last = Branch.objects.filter(task=task).aggregate(last=Max("round"))["last"] or 0
    change.audit("task_forked", details={"branches": names})
    change.event("forked", from_step=left, details=details_of(way) | {"branches": names})
    pairs = sorted(zip(way.opens, nodes, strict=True), key=lambda pair: pair[1].role_id or 0)
    for edge, node in pairs:
        branch = _opened(change, edge, node, round_=last + 1)
        change.turn_to(branch)
        change.event("step_entered", from_step=left, to_step=node.name, details=details_of(way))
        pick = turns.take_turn(branch.current_role_id, work=change.work)
        change.give_or_wait(pick, role=node.role)
        change.write_assignments()
        branch.save(update_fields=["assignee"])
    change.turn_to(task)
    tell_owner(change, names, left=left)


def leave_in_branch(change: Change, way: Exit) -> None:
    """Take a branch on to its next step, to the join, or out of the parallel work altogether."""
    branch, step_id = change.place, way.to_step
    assert isinstance(branch, Branch)
    assert step_id is not None
    region = region_of(change.version.graph, branch.fork_step_id)
    if step_id == region.join:
        _arrive(change, way, step_id)
    elif step_id in region.steps:
        enter_step(change, way, step_id)
    else:
        _break_off(change, way, step_id)


def _opened(change: Change, edge: Edge, node: Node, *, round_: int) -> Branch:
    branch = Branch(
        task=change.task,
        round=round_,
        fork_step_id=edge.from_step,
        transition_id=edge.transition_id,
        state=BranchState.PENDING,
        since=change.task.version + 1,
        opened_at=change.at,
    )
    change.place = branch
    put_at(change, node)
    branch.save(force_insert=True)
    change.branches.append(branch)
    return branch


def _arrive(change: Change, way: Exit, step_id: int) -> None:
    """Bring a branch to its join, which opens with the last one that it waits for."""
    branch, join = change.place, change.version.graph.node(step_id)
    assert isinstance(branch, Branch)
    change.end_branch(
        BranchState.ARRIVED, "branch_arrived", to_step=join.name, details=details_of(way)
    )
    others = Branch.objects.filter(task=change.task, round=branch.round).exclude(pk=branch.pk)
    arrived = [branch, *(each for each in others if each.state == BranchState.ARRIVED)]
    if len(arrived) < join.arrivals_needed(len(others) + 1):
        return
    _end_the_rest(change, f"{join.name} has all that it waited for.")
    joined = [
        {"branch": each.id, "step": each.current_step_name, "user_id": each.ended_by}
        for each in sorted(arrived, key=lambda each: each.id)
    ]
    enter_step(change, way, step_id, left=branch.current_step_name, joined=joined)


def _break_off(change: Change, way: Exit, step_id: int) -> None:
    """Follow a rejection out of the parallel work, which ends with it."""
    left = change.place.current_step_name
    change.end_branch(BranchState.CANCELLED, "branch_left", details=details_of(way))
    _end_the_rest(change, f"{left} was rejected.")
    enter_step(change, way, step_id, left=left)


def _end_the_rest(change: Change, reason: str) -> None:
    """Cancel the branches that are still under way, and tell who held them; turns to the task."""
    task = change.task
    for branch in change.cancel_branches(reason):
        change.tell(
            *messages.notice(
                {branch.assignee_id},
                but=change.by_id,
                kind="workflow_step_change",
                subject=f"{task.task_id}: {branch.current_step_name} is no longer needed",
                text=reason,
                ticket=task.ticket,
                task=task,
            )
        )
    approvals.forget_all(task)
