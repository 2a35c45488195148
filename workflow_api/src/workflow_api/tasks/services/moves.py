"""Moving on: into the next step, or to the end of the run."""

from typing import Any

from workflow_api.sla import selectors as calendars
from workflow_api.workflows.graph import Node

from .. import due, messages, turns
from ..changes import Change
from ..models import Result
from ..routing import Exit
from ..states import State


def enter_step(change: Change, way: Exit, step_id: int, *, left: str = "", **details: Any) -> None:
    """Put the task, or the branch that the act is about, at the next step.

    That is given to whose turn it is; the role is locked until commit. `left` names the step where
    it comes from, unless the task is there.
    """
    place, node = change.place, change.version.graph.node(step_id)
    before, left = place.current_step_name, left or place.current_step_name
    field = "current_step" if place is change.task else "branch_step"
    change.audit(f"task_{way.action}", field=field, old=before, new=node.name)
    change.move(
        State.PENDING,
        "step_entered",
        from_step=left,
        to_step=node.name,
        details=details_of(way) | details,
    )
    put_at(change, node)
    change.give_or_wait(turns.take_turn(place.current_role_id, work=change.work), role=node.role)
    tell_owner(change, [node.name], left=left)


def end_run(change: Change, way: Exit) -> None:
    """Complete the task; it keeps its last step and assignee."""
    task = change.task
    task.completed_at = change.at
    task.result = Result.REJECTED if way.is_rejection else Result.RESOLVED
    change.move(
        State.COMPLETED,
        "task_completed",
        from_step=task.current_step_name,
        details=details_of(way),
    )
    change.tell(
        *messages.notice(
            {task.owner_id, task.assignee_id},
            but=change.by_id,
            kind="task_completed",
            subject=f"{task.task_id} is {task.result}",
            text=f"{change.by_name} finished the step {task.current_step_name}.",
            ticket=task.ticket,
            task=task,
        )
    )


def put_at(change: Change, node: Node) -> None:
    """Let the task, or the branch, be at a step from now on."""
    place, version = change.place, change.version
    assert node.role_id is not None
    place.current_step_id, place.current_step_name = node.step_id, node.name
    place.current_role_id = node.role_id
    place.step_clock_from = change.at
    due.set_step_date(
        place, version, calendars.business_calendar(version.calendar_id, at=change.at)
    )


def details_of(way: Exit) -> dict[str, Any]:
    """Return how a step was left, as the history keeps it."""
    return {"action": way.action, "transition_id": way.transition_id, "name": way.name}


def tell_owner(change: Change, names: list[str], *, left: str) -> None:
    """Tell the owner where the task is now."""
    task = change.task
    change.tell(
        *messages.notice(
            {task.owner_id} - {change.place.assignee_id},
            but=change.by_id,
            kind="workflow_step_change",
            subject=f"{task.task_id} is at {', '.join(names)}",
            text=f"{change.by_name} moved it on from {left}.",
            ticket=task.ticket,
            task=task,
        )
    )
