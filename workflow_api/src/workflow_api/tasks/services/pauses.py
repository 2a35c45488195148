"""Stopping and going on: hold, waiting for another system, resume, putting back."""

from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from workflow_api.sla import selectors as calendars

from .. import due, rights
from ..changes import Change
from ..loading import locked_task
from ..models import Task
from ..states import State, TransitionNotAllowed, check_move
from .reasons import check_reason


class NotStopped(TransitionNotAllowed):
    message = "A task that is {current} is not stopped: it cannot be resumed."


@transaction.atomic
def hold_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Stop the work and its clocks until somebody resumes.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotInCharge, ReasonMissing.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    check_move(State(task.state), State.ON_HOLD)
    rights.check_in_charge(task, by)
    check_reason(notes)
    change = Change(task, frozen, at, by, notes)
    task.paused_at = at
    change.move(State.ON_HOLD, "task_held", from_step=task.current_step_name)
    return change.store()


@transaction.atomic
def wait_for_external(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Note that another system has to answer first; the clocks run on.

    Locks and errors as `hold_task`.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    check_move(State(task.state), State.PENDING_EXTERNAL)
    rights.check_in_charge(task, by)
    check_reason(notes)
    change = Change(task, frozen, at, by, notes)
    change.move(State.PENDING_EXTERNAL, "task_waits_external", from_step=task.current_step_name)
    return change.store()


@transaction.atomic
def resume_task(
    *,
    task_id: str,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    target: State | None = None,
) -> Task:
    """Go on where the task was stopped, or in the state `target`; deadlines move by the pause.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotInCharge.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    change = Change(task, frozen, at, by, notes)
    was_started = change.held is not None and change.held.started_at is not None
    wanted = target or (State.IN_PROGRESS if was_started else State.PENDING)
    if State(task.state) not in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        raise NotStopped(current=task.state)
    check_move(State(task.state), wanted)
    rights.check_in_charge(task, by)
    if task.paused_at is not None:
        due.restart_clocks(task, frozen, calendars.business_calendar(frozen.calendar_id), at=at)
        task.paused_at = None
    if wanted is State.IN_PROGRESS:
        change.begin_work("task_resumed")
    else:
        change.move(wanted, "task_resumed", to_step=task.current_step_name)
    change.move_due_date()
    return change.store()


@transaction.atomic
def put_back_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Stop working the step without handing it over; it is pending again.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotYourTask.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    check_move(State(task.state), State.PENDING)
    rights.check_may_work(task, by)
    change = Change(task, frozen, at, by, notes)
    change.move(State.PENDING, "task_put_back", from_step=task.current_step_name)
    return change.store()
