"""PATCH of a status: the same acts under the name of the state that they lead to."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from servicekit.auth import Principal
from workflow_api.workflows import selectors as workflows

from .. import parallel
from ..loading import TaskNotFound, number_of
from ..models import Task
from ..routing import Action
from ..selectors import visible_tasks
from ..states import WORKABLE, State, check_move
from . import endings, pauses, steps

Act = Callable[..., Task]

STOPPED = {State.ON_HOLD, State.PENDING_EXTERNAL}
OF_A_BRANCH = {State.PENDING, State.IN_PROGRESS, State.COMPLETED}
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
    branch: int | None = None,
) -> Task:
    """Take a task to another state by the act that leads there.

    Raises TaskNotFound, TransitionNotAllowed, and whatever the act raises. The act itself locks
    and checks again; naming the version read here makes a change in between a StaleVersion. Of a
    task that is split, one branch begins or is put back: the act looks whether it may.
    """
    seen = visible_tasks(by, at=at).filter(number=number_of(task_id)).first()
    if seen is None:
        raise TaskNotFound(task_id=task_id)
    current, graph = State(seen.state), workflows.version_of(seen.workflow_version_id).graph
    expected = seen.version if version is None else version
    is_split = current in WORKABLE and bool(parallel.branches_of(seen, graph))
    if expected == seen.version and not (is_split and target in WORKABLE):
        check_move(current, target)
    act = _act(current, target, branch=branch)
    return act(task_id=task_id, by=by, at=at, version=expected, notes=notes)


def _act(current: State, target: State, *, branch: int | None) -> Act:
    if current in STOPPED:
        return partial(pauses.resume_task, target=target)
    if current is State.COMPLETED and target is State.IN_PROGRESS:
        return endings.reopen_task
    return partial(ACTS[target], branch=branch) if target in OF_A_BRANCH else ACTS[target]
