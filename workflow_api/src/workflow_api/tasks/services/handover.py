"""Changing who holds the current step: claim, assign, transfer."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from servicekit.contracts import NotificationType
from servicekit.errors import Conflict, Forbidden, Invalid
from workflow_api.roles import selectors as roles

from .. import messages, rights
from ..changes import Change
from ..models import Outcome, Place, Task
from ..places import begun, check_in_charge
from ..states import OPEN, WORKABLE, State, TransitionNotAllowed
from ..turns import Candidate, Pick
from .reasons import check_reason


class NotAMember(Invalid):
    message = "User {user_id} is not an active member of the role {role}."


class AlreadyTheirs(Conflict):
    message = "Task {task_id} is already assigned to user {user_id}."


class AlreadyTaken(Conflict):
    message = "Task {task_id} is already assigned to somebody."


class NotYourRole(Forbidden):
    message = "Only members of the role {role} may claim task {task_id}."


@transaction.atomic
def claim_task(
    *,
    task_id: str,
    by: Principal,
    at: datetime,
    version: int | None = None,
    branch: int | None = None,
) -> Task:
    """Take a task, or a branch, that nobody holds, as a member of the step's role.

    The task is locked until commit. Raises what `begun` raises, TransitionNotAllowed,
    AlreadyTaken, NotYourRole.
    """

    def is_member(_: Change, place: Place) -> bool:
        return roles.active_member(role_id=place.current_role_id, user_id=by.user_id) is not None

    change = begun(
        task_id,
        by=by,
        at=at,
        version=version,
        branch=branch,
        may=is_member,
        fits=lambda _, place: place.assignee_id is None,
    )
    place, role = change.place, change.place.current_role
    _check_state(change.task, WORKABLE)
    if place.assignee_id is not None:
        raise AlreadyTaken(task_id=task_id)
    member = roles.active_member(role_id=role.role_id, user_id=by.user_id)
    if member is None:
        raise NotYourRole(task_id=task_id, role=role.name)
    pick = Pick.by_hand(Candidate.of(member.person), "claimed", by=by.user_id)
    change.assign(pick, role=role.name)
    return change.store()


@transaction.atomic
def assign_task(
    *,
    task_id: str,
    user_id: int,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Let an admin or the owner decide who holds the current step, whoever held it before.

    Locks and errors as `transfer_task`, with NotACoordinator for NotInCharge.
    """
    change = begun(task_id, by=by, at=at, notes=notes, version=version, branch=branch)
    _check_state(change.task, OPEN)
    rights.check_may_coordinate(change.task, by)
    return _hand_over(change, user_id, how="assigned")


@transaction.atomic
def transfer_task(
    *,
    task_id: str,
    user_id: int,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Hand the current step over to another active member of its role.

    The task is locked until commit. Raises what `begun` raises, TransitionNotAllowed, NotInCharge,
    NoLongerYours, ReasonMissing, NotAMember, AlreadyTheirs.
    """
    change = begun(
        task_id,
        by=by,
        at=at,
        notes=notes,
        version=version,
        branch=branch,
        may=lambda _, place: rights.is_in_charge(place, by),
    )
    _check_state(change.task, OPEN)
    check_in_charge(change)
    check_reason(notes)
    return _hand_over(change, user_id, how="transferred")


def _hand_over(change: Change, user_id: int, *, how: str) -> Task:
    task, place, before = change.task, change.place, change.place.assignee_id
    if user_id == before:
        raise AlreadyTheirs(task_id=task.task_id, user_id=user_id)
    role = place.current_role
    member = roles.active_member(role_id=role.role_id, user_id=user_id)
    if member is None:
        raise NotAMember(user_id=user_id, role=role.name, field="user_id")
    change.close(Outcome.TRANSFERRED)
    if place.state == State.IN_PROGRESS:
        change.move(State.PENDING, "task_put_back", from_step=place.current_step_name)
    kind: NotificationType = "task_transfer" if before else "task_assignment"
    pick = Pick.by_hand(Candidate.of(member.person), how, by=change.by_id)
    change.assign(pick, role=role.name, kind=kind)
    change.tell(
        *messages.notice(
            {before},
            but=change.by_id,
            kind="task_transfer",
            subject=f"{task.task_id} is no longer yours",
            text=f"{change.by_name} gave it to {member.person}. {change.notes}".strip(),
            ticket=task.ticket,
            task=task,
        )
    )
    return change.store()


def _check_state(task: Task, allowed: Collection[State]) -> None:
    if State(task.state) not in allowed:
        raise TransitionNotAllowed(
            f"A task that is {task.state} cannot be handed to anybody.", current=task.state
        )
