"""Another version of the workflow for a task that runs: the move itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow_api.sla import selectors as calendars
from workflow_api.workflows.frozen import FrozenVersion

from .. import due, messages, turns
from ..changes import Change
from ..models import Outcome, Task
from ..states import State
from ..turns import Candidate, Pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where a task shall stand in a version; without a `holder` a turn decides.

    `role` is what the role that works the step is called.
    """

    step_id: int
    role_id: int
    role: str
    state: State
    holder: Candidate | None
    step_clock_from: datetime


def repin(
    change: Change,
    version: FrozenVersion,
    goal: Goal,
    *,
    kind: str,
    details: dict[str, Any],
) -> None:
    """Take a task to another version of its workflow, with the deadlines of that version.

    The ticket's clock goes on: its deadline is counted from the same start. What nobody holds goes
    on waiting. The caller has locked the task and stores the change; where a turn decides, the role
    is locked until commit.
    """
    task, dates = change.task, _dates(change.task)
    keeps = _keeps(task, goal)
    _note(change, version, goal, kind=kind, details=details)
    node = version.graph.node(goal.step_id)
    change.version = version
    task.workflow_version_id = version.version_id
    task.current_step_id, task.current_step_name = node.step_id, node.name
    task.current_role_id = goal.role_id
    task.step_clock_from = goal.step_clock_from
    calendar = calendars.business_calendar(version.calendar_id, at=change.at)
    due.change_priority(task, task.priority, version, calendar, at=change.at)
    if keeps:
        change.move_due_date()
    elif task.assignee_id is not None or goal.holder is not None:
        _hand_on(change, goal)
    if keeps and _dates(task) != dates:
        _tell_of_dates(change)


def _keeps(task: Task, goal: Goal) -> bool:
    """Whether the open assignment goes on as it is."""
    return (
        goal.holder is not None
        and goal.holder.user_id == task.assignee_id
        and (goal.step_id, goal.role_id) == (task.current_step_id, task.current_role_id)
    )


def _dates(task: Task) -> tuple[datetime, datetime]:
    return task.sla_deadline, task.step_deadline


def _note(
    change: Change, version: FrozenVersion, goal: Goal, *, kind: str, details: dict[str, Any]
) -> None:
    """Say in trail and history which version and step the task leaves for which."""
    task, origin = change.task, change.version
    old, new = task.current_step_name, version.graph.node(goal.step_id).name
    steps = {
        "from_step": {
            "step_id": task.current_step_id,
            "name": old,
            "role_id": task.current_role_id,
        },
        "to_step": {"step_id": goal.step_id, "name": new, "role_id": goal.role_id},
    }
    change.audit(
        f"task_{kind}",
        field="workflow_version",
        old=origin.number,
        new=version.number,
        details=steps | details,
    )
    versions = {"from_version": origin.number, "to_version": version.number}
    change.event(kind, from_step=old, to_step=new, details=versions | details)


def _hand_on(change: Change, goal: Goal) -> None:
    """Close what is held, and open the step for its holder or by turn."""
    task, holder = change.task, goal.holder
    change.close(Outcome.TRANSFERRED)
    if State(task.state) is not goal.state:
        is_started = goal.state is State.IN_PROGRESS
        change.move(goal.state, "task_started" if is_started else "task_put_back")
    if holder is None:
        change.give_or_wait(turns.take_turn(goal.role_id, work=change.work), role=goal.role)
    else:
        pick = Pick.by_hand(holder, "migrated", by=change.by_id)
        change.assign(pick, role=goal.role, kind="workflow_step_change")


def _tell_of_dates(change: Change) -> None:
    task = change.task
    change.tell(
        *messages.notice(
            {task.assignee_id},
            but=change.by_id,
            kind="ticket_status",
            subject=f"{task.task_id} is due at another time",
            text=f"It runs on version {change.version.number} of {change.version.name} now: the "
            f"step must be done by {task.step_deadline:%Y-%m-%d %H:%M} UTC.",
            ticket=task.ticket,
            task=task,
        )
    )
