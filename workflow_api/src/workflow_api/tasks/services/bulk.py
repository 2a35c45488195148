"""One act over many tasks; each is a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import OperationalError

from servicekit.api.errors import as_domain_error
from servicekit.auth import Principal
from servicekit.errors import DomainError, Invalid

from ..models import Task
from ..routing import Action
from .endings import close_task, reopen_task
from .escalation import escalate_task
from .handover import assign_task, claim_task, transfer_task
from .pauses import hold_task, resume_task
from .steps import decide_task, start_task, take_transition

ACTS: dict[str, Callable[..., Task]] = {
    "start": start_task,
    "transition": take_transition,
    "complete": partial(decide_task, action=Action.COMPLETE),
    "approve": partial(decide_task, action=Action.APPROVE),
    "reject": partial(decide_task, action=Action.REJECT),
    "hold": hold_task,
    "resume": resume_task,
    "reopen": reopen_task,
    "escalate": escalate_task,
    "close": close_task,
    "claim": claim_task,
    "transfer": transfer_task,
    "assign": assign_task,
}
# What must be named beside the act: to whom, or over which transition.
NEEDED = {"transfer": "user_id", "assign": "user_id", "transition": "transition_id"}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one task: the task as it is now, or why nothing was done."""

    task_id: str
    task: Task | None = None
    error: DomainError | None = None


def act_on_many(
    action: str,
    *,
    task_ids: Sequence[str],
    by: Principal,
    at: datetime,
    versions: Mapping[str, int],
    notes: str = "",
    named: Mapping[str, int | None],
) -> list[Result]:
    """Do the same with each task, in the order given; one that fails does not stop the others.

    Locks and errors are those of the act itself. Raises Invalid when the act needs a person or a
    transition and none is `named`, OperationalError when the database is away: what was done by
    then stays done.
    """
    extra: dict[str, Any] = {} if action == "claim" else {"notes": notes}
    if needed := NEEDED.get(action):
        if named.get(needed) is None:
            raise Invalid(f"To {action} tasks, name the {needed}.", field=needed)
        extra[needed] = named[needed]
    act = partial(ACTS[action], by=by, at=at, **extra)
    return [_try(act, task_id, version=versions.get(task_id)) for task_id in task_ids]


def _try(act: Callable[..., Task], task_id: str, *, version: int | None) -> Result:
    try:
        return Result(task_id=task_id, task=act(task_id=task_id, version=version))
    except (DomainError, OperationalError) as exc:
        error = as_domain_error(exc)
        if error is None or error.status >= 500:
            raise
        return Result(task_id=task_id, error=error)
