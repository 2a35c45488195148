"""Changing who holds the current step: claim, assign, transfer, and the waiting list."""

from collections.abc import Collection
from datetime import datetime

import structlog
from django.db import transaction

from servicekit.auth import Principal
from servicekit.contracts import NotificationType
from servicekit.errors import Conflict, DomainError, Forbidden, Invalid
from workflow_api.roles import selectors as roles
from workflow_api.sla import selectors as calendars

from .. import due, messages, rights, selectors, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Outcome, Task
from ..states import OPEN, WORKABLE, State, TransitionNotAllowed
from ..turns import Candidate, Pick
from .reasons import check_reason

DRAIN_AT_ONCE = 200

log = structlog.get_logger(__name__)


class NotAMember(Invalid):
    message = "User {user_id} is not an active member of the role {role}."


class AlreadyTheirs(Conflict):
    message = "Task {task_id} is already assigned to user {user_id}."


class AlreadyTaken(Conflict):
    message = "Task {task_id} is already assigned to somebody."


class NotYourRole(Forbidden):
    message = "Only members of the role {role} may claim task {task_id}."


@transaction.atomic
def claim_task(*, task_id: str, by: Principal, at: datetime, version: int | None = None) -> Task:
    """Take a task that nobody holds, as a member of the step's role.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    AlreadyTaken, NotYourRole.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    _check_state(task, WORKABLE)
    if task.assignee_id is not None:
        raise AlreadyTaken(task_id=task_id)
    member = roles.active_member(role_id=task.current_role_id, user_id=by.user_id)
    if member is None:
        raise NotYourRole(task_id=task_id, role=task.current_role.name)
    change = Change(task, frozen, at, by)
    pick = Pick.by_hand(Candidate.of(member.person), "claimed", by=by.user_id)
    change.assign(pick, role=task.current_role.name)
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
) -> Task:
    """Let an admin or the owner decide who holds the current step, whoever held it before.

    Locks and errors as `transfer_task`, with NotACoordinator for NotInCharge.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    _check_state(task, OPEN)
    rights.check_may_coordinate(task, by)
    return _hand_over(Change(task, frozen, at, by, notes), user_id, how="assigned")


@transaction.atomic
def transfer_task(
    *,
    task_id: str,
    user_id: int,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
) -> Task:
    """Hand the current step over to another active member of its role.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotInCharge, ReasonMissing, NotAMember, AlreadyTheirs.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    _check_state(task, OPEN)
    rights.check_in_charge(task, by)
    check_reason(notes)
    return _hand_over(Change(task, frozen, at, by, notes), user_id, how="transferred")


def assign_waiting(*, at: datetime, role_ids: Collection[int] | None = None) -> int:
    """Assign tasks that wait for a member, most urgent first; returns how many found one.

    Each is a transaction of its own, and one that cannot be assigned does not stop the rest. At
    most 200 a call, only in roles that have members; where nobody is eligible now, the rest of
    that role's work is not tried.
    """
    waiting = selectors.waiting_tasks(role_ids)
    staffed = roles.staffed(waiting.order_by().values_list("current_role", flat=True).distinct())
    if not staffed:
        return 0
    rows = waiting.filter(current_role__in=staffed).values_list("number", "current_role")
    given, in_vain = 0, set[int]()
    for number, role_id in list(rows[:DRAIN_AT_ONCE]):
        if role_id in in_vain:
            continue
        found = _try_to_assign(f"T-{number}", at=at)
        given += found is True
        if found is None:
            in_vain.add(role_id)
    return given


def _try_to_assign(task_id: str, *, at: datetime) -> bool | None:
    try:
        return _assign_if_waiting(task_id, at=at)
    except DomainError as exc:
        log.warning("waiting_task_not_assigned", task_id=task_id, error=exc.sentence)
        return False


@transaction.atomic
def _assign_if_waiting(task_id: str, *, at: datetime) -> bool | None:
    """Return whether the task was given to somebody; None when nobody is eligible."""
    task, frozen = locked_task(task_id, by=None)
    if task.assignee_id is not None or State(task.state) not in WORKABLE:
        return False
    change = Change(task, frozen, at)
    pick = turns.take_turn(task.current_role_id, work=change.work)
    if pick.candidate is None:
        return False if pick.is_pool else None
    task.step_clock_from = max(task.step_clock_from, at)
    due.set_step_date(task, frozen, calendars.business_calendar(frozen.calendar_id))
    change.assign(pick, role=task.current_role.name)
    change.store()
    return True


def _hand_over(change: Change, user_id: int, *, how: str) -> Task:
    task, before = change.task, change.task.assignee_id
    if user_id == before:
        raise AlreadyTheirs(task_id=task.task_id, user_id=user_id)
    member = roles.active_member(role_id=task.current_role_id, user_id=user_id)
    if member is None:
        raise NotAMember(user_id=user_id, role=task.current_role.name, field="user_id")
    change.close(Outcome.TRANSFERRED)
    if task.state == State.IN_PROGRESS:
        change.move(State.PENDING, "task_put_back", from_step=task.current_step_name)
    kind: NotificationType = "task_transfer" if before else "task_assignment"
    pick = Pick.by_hand(Candidate.of(member.person), how, by=change.by_id)
    change.assign(pick, role=task.current_role.name, kind=kind)
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
