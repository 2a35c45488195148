"""Tasks whose owner coordinates no more: they are the next coordinator's, by turn."""

from datetime import datetime
from functools import partial

from django.db import transaction

from workflow_api.attempts import Attempts

from .. import messages, owners, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Task
from ..rights import COORDINATOR
from ..turns import Candidate, Work

AT_ONCE = 200

_EACH = Attempts("ownership_not_passed_on")


def pass_on_ownership(*, at: datetime) -> int:
    """Give open tasks that no coordinator owns to whose turn it is; returns how many.

    The most urgent first, at most 200 a call, each a transaction of its own; one that fails is put
    off. Where no coordinator is eligible they stay as they are until one is.
    """
    given = 0
    for number in owners.without_coordinator(at_most=AT_ONCE, but=_EACH.put_off(at=at)):
        act = partial(_pass_on, number, at=at)
        found = _EACH.attempt(number, act, at=at, failed=False)
        if found is None:
            break
        given += found
    return given


@transaction.atomic
def _pass_on(number: int, *, at: datetime) -> bool | None:
    """Return whether the task has another owner now; None when nobody is eligible.

    The task, then the role of the coordinators, are locked until commit.
    """
    task, frozen = locked_task(Task(number=number).task_id, by=None, at=at)
    if not task.is_open or owners.is_coordinator(task.owner_id):
        return False
    owner = turns.take_turns([], work=Work(at=at), also=COORDINATOR).named
    if owner is None:
        return None
    change = Change(task, frozen, at)
    _give(change, owner)
    change.store(is_only_noted=True)
    return True


def _give(change: Change, to: Candidate) -> None:
    task, before = change.task, change.task.owner
    change.notes = "It had no owner."
    if before is not None:
        change.notes = f"{before} is no {COORDINATOR} any more."
    task.owner_id = to.user_id
    change.audit(
        "task_owner_changed",
        field="owner",
        old=before.user_id if before else None,
        new=to.user_id,
    )
    details = {"user_id": to.user_id, "username": to.username, "role": COORDINATOR}
    change.event("owner_changed", details=details)
    change.tell(
        *messages.notice(
            {to.user_id},
            kind="task_transfer" if before else "task_assignment",
            subject=f"You own {task.task_id} now",
            text=change.notes,
            ticket=task.ticket,
            task=task,
        )
    )
