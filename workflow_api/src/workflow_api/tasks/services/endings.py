"""After the end of a run: reopen it, or close it for good."""

from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Conflict
from workflow_api.roles import selectors as roles
from workflow_api.sla import selectors as calendars

from .. import due, rights, selectors, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Task
from ..states import State, TransitionNotAllowed, check_move
from ..turns import Candidate, Pick
from .reasons import check_reason


class AnotherRunIsOpen(Conflict):
    message = "Ticket {ticket_id} has another open task on this workflow."


@transaction.atomic
def reopen_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Take a completed task up again at its last step, with who had it, else by turn.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotInCharge, ReasonMissing, AnotherRunIsOpen.
    """
    task, frozen = locked_task(task_id, by=by, at=at, version=version)
    if State(task.state) is not State.COMPLETED:
        raise TransitionNotAllowed(current=task.state, target=State.IN_PROGRESS.value)
    rights.check_in_charge(task, by=by)
    check_reason(notes)
    if selectors.open_task_of(task.ticket) is not None:
        raise AnotherRunIsOpen(ticket_id=task.ticket_id)
    change = Change(task, frozen, at, by, notes)
    change.move(State.IN_PROGRESS, "task_reopened", to_step=task.current_step_name)
    task.completed_at, task.result = None, ""
    task.step_clock_from = at
    due.set_step_date(task, frozen, calendars.business_calendar(frozen.calendar_id, at=at))
    pick = _last_holder(task, by=by, at=at) or turns.take_turn(
        task.current_role_id, work=change.work
    )
    change.give_or_wait(pick, role=task.current_role.name)
    return change.store()


@transaction.atomic
def close_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Close a completed task for good.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotACoordinator.
    """
    task, frozen = locked_task(task_id, by=by, at=at, version=version)
    check_move(State(task.state), State.CLOSED)
    rights.check_may_coordinate(task, by)
    change = Change(task, frozen, at, by, notes)
    change.move(State.CLOSED, "task_closed")
    return change.store()


def _last_holder(task: Task, *, by: Principal, at: datetime) -> Pick | None:
    """Return who had the task, unless they hold the role no more or are away."""
    if task.assignee_id is None:
        return None
    member = roles.active_member(role_id=task.current_role_id, user_id=task.assignee_id)
    if member is None or roles.is_absent(task.assignee_id, at=at):
        return None
    return Pick.by_hand(Candidate.of(member.person), "reopened", by=by.user_id)
