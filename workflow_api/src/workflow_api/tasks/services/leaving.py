"""Work of who no longer holds the role of the step: it goes to whose turn it is."""

from datetime import datetime
from functools import partial

from django.db import transaction

from workflow_api.attempts import Attempts
from workflow_api.roles import selectors as roles

from .. import messages, selectors, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Outcome, Place, Task
from ..states import WORKABLE, State

AT_ONCE = 200

_EACH = Attempts("task_not_passed_on")


def pass_on(*, at: datetime) -> int:
    """Hand on the steps whose holder has lost the role; returns how many tasks were changed.

    What is stopped is handed on once it is resumed. Where nobody is eligible the step waits, and
    the admins are told. Each task is a transaction of its own, and one that fails is put off; at
    most 200 a call.
    """
    numbers = selectors.held_without_role(at_most=AT_ONCE, but=_EACH.put_off(at=at))
    return sum(
        _EACH.attempt(number, partial(_pass_on, number, at=at), at=at, failed=False)
        for number in numbers
    )


@transaction.atomic
def _pass_on(number: int, *, at: datetime) -> bool:
    """Hand on what is still held so; the task, then the roles, are locked until commit."""
    task, frozen = locked_task(Task(number=number).task_id, by=None, at=at)
    if State(task.state) not in WORKABLE:
        return False
    change = Change(task, frozen, at)
    left = [place for place in change.places if _was_left(place)]
    for place in sorted(left, key=lambda each: each.current_role_id):
        _give_to_next(change, place)
    if left:
        change.turn_to(task)
        change.store()
    return bool(left)


def _was_left(place: Place) -> bool:
    held_by, role_id = place.assignee_id, place.current_role_id
    return held_by is not None and roles.has_lost(role_id=role_id, user_id=held_by)


def _give_to_next(change: Change, place: Place) -> None:
    change.turn_to(place)
    role = place.current_role.name
    change.notes = f"{place.holder_name} does not hold the role {role} any more."
    change.close(Outcome.TRANSFERRED)
    if place.state == State.IN_PROGRESS:
        change.move(State.PENDING, "task_put_back", from_step=place.current_step_name)
    pick = turns.take_turn(place.current_role_id, work=change.work)
    change.give_or_wait(pick, role=role)
    task = change.task
    change.tell(
        *messages.notice(
            {task.owner_id} - {place.assignee_id},
            kind="task_transfer",
            subject=f"{task.task_id} was passed on",
            text=change.notes,
            ticket=task.ticket,
            task=task,
        )
    )
