"""Stopping and going on: hold, waiting for another system, resume, putting back."""

from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from workflow_api.sla import selectors as calendars

from .. import due, parallel, rights
from ..changes import Change
from ..loading import locked_task
from ..models import Task
from ..places import begun
from ..states import WORKABLE, State, TransitionNotAllowed, check_move
from .reasons import check_reason


class NotStopped(TransitionNotAllowed):
    message = "A task that is {current} is not stopped: it cannot be resumed."


@transaction.atomic
def hold_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Stop the work, in all branches, and its clocks until somebody resumes.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotInCharge, ReasonMissing.
    """
    task, frozen = locked_task(task_id, by=by, at=at, version=version)
    change = Change(task, frozen, at, by, notes)
    check_move(State(task.state), State.ON_HOLD)
    rights.check_in_charge(*change.places, by=by)
    check_reason(notes)
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
    task, frozen = locked_task(task_id, by=by, at=at, version=version)
    change = Change(task, frozen, at, by, notes)
    check_move(State(task.state), State.PENDING_EXTERNAL)
    rights.check_in_charge(*change.places, by=by)
    check_reason(notes)
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

    Each branch of a task that is split goes on as it was, whatever the `target`. The task is
    locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed, NotInCharge.
    """
    task, frozen = locked_task(task_id, by=by, at=at, version=version)
    change = Change(task, frozen, at, by, notes)
    wanted = _wanted(change, target)
    if State(task.state) not in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        raise NotStopped(current=task.state)
    check_move(State(task.state), wanted)
    rights.check_in_charge(*change.places, by=by)
    if task.paused_at is not None:
        calendar = calendars.business_calendar(frozen.calendar_id, at=at)
        due.restart_clocks(task, change.places, frozen, calendar, at=at)
        task.paused_at = None
    if wanted is State.IN_PROGRESS and not change.branches:
        change.begin_work("task_resumed")
    else:
        change.move(wanted, "task_resumed", to_step=task.current_step_name)
    change.move_due_date()
    return change.store()


@transaction.atomic
def put_back_task(
    *,
    task_id: str,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Stop working the step without handing it over; it is pending again.

    What is stopped is resumed instead. The task is locked until commit. Raises what `begun`
    raises, TransitionNotAllowed, NotYourTask.
    """
    change = begun(
        task_id,
        by=by,
        at=at,
        notes=notes,
        version=version,
        branch=branch,
        may=lambda _, place: rights.may_work(place, by),
        fits=lambda _, place: place.state == State.IN_PROGRESS,
    )
    is_stopped = State(change.task.state) not in WORKABLE
    if is_stopped or change.place.state != State.IN_PROGRESS:
        current = change.task.state if is_stopped else change.place.state
        raise TransitionNotAllowed(current=current, target=State.PENDING.value)
    rights.check_may_work(change.place, by)
    change.move(State.PENDING, "task_put_back", from_step=change.place.current_step_name)
    return change.store()


def _wanted(change: Change, target: State | None) -> State:
    if change.branches:
        return parallel.state_of(change.branches)
    was_started = change.held is not None and change.held.started_at is not None
    return target or (State.IN_PROGRESS if was_started else State.PENDING)
