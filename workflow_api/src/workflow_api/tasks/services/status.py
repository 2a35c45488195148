"""PATCH of a status: the same acts under the name of the state that they lead to."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from servicekit.auth import Principal

from ..loading import TaskNotFound, number_of
from ..models import Task
from ..routing import Action
from ..selectors import visible_tasks
from ..states import State, check_move
from . import endings, pauses, steps

Act = Callable[..., Task]

STOPPED = {State.ON_HOLD, State.PENDING_EXTERNAL}
ACTS: dict[State, Act] = {
    State.PENDING: pauses.put_back_task,
    State.IN_PROGRESS: steps.start_task,
    State.ON_HOLD: pauses.hold_task,
    State.PENDING_EXTERNAL: pauses.wait_for_external,
    State.COMPLETED: partial(steps.decide_task, action=Action.COMPLETE),
    State.CLOSED: endings.close_task,
}


def set_status(
    *,
    task_id: str,
    target: State,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
) -> Task:
    """Take a task to another state by the act that leads there.

    Raises TaskNotFound, TransitionNotAllowed, and whatever the act raises. The act itself locks
    and checks again; naming the version read here makes a change in between a StaleVersion.
    """
    seen = visible_tasks(by).filter(number=number_of(task_id)).first()
    if seen is None:
        raise TaskNotFound(task_id=task_id)
    current = State(seen.state)
    expected = seen.version if version is None else version
    if expected == seen.version:
        check_move(current, target)
    act = _act(current, target)
    return act(task_id=task_id, by=by, at=at, version=expected, notes=notes)


def _act(current: State, target: State) -> Act:
    if current in STOPPED:
        return partial(pauses.resume_task, target=target)
    if current is State.COMPLETED and target is State.IN_PROGRESS:
        return endings.reopen_task
    return ACTS[target]
