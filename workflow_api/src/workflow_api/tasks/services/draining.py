"""The waiting list: steps that nobody holds, given out as soon as somebody is eligible."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from workflow_api.attempts import Attempts
from workflow_api.roles import selectors as roles
from workflow_api.sla import selectors as calendars

from .. import due, selectors, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Branch, Task
from ..states import WORKABLE, State

AT_ONCE = 200
Waiting = tuple[datetime, int, int]
"""When the ticket is due, the number of the task, and the role that its step needs."""

_EACH = Attempts("waiting_task_not_assigned")


def assign_waiting(*, at: datetime, role_ids: Collection[int] | None = None) -> int:
    """Assign steps that wait for a member, most urgent first; returns how many found one.

    Each is a transaction of its own, and one that fails is put off. At most 200 at a time, only in
    roles that have members; where nobody is eligible now, the rest of that role's work is not
    tried, and keeps no other role's work waiting.
    """
    put_off = _EACH.put_off(at=at)
    tasks = selectors.waiting_tasks(role_ids).exclude(number__in=put_off)
    branches = selectors.waiting_branches(role_ids).exclude(task__in=put_off)
    staffed = roles.staffed(
        role_id
        for rows in (tasks, branches)
        for role_id in rows.order_by().values_list("current_role", flat=True).distinct()
    )
    given = 0
    while staffed:
        found, in_vain = _assign_each(_most_urgent(tasks, branches, staffed), at=at)
        given += found
        if not in_vain:
            break
        staffed -= in_vain
    return given


def _most_urgent(
    tasks: QuerySet[Task], branches: QuerySet[Branch], role_ids: Collection[int]
) -> list[Waiting]:
    """Return what waits for these roles, at most 200."""
    is_theirs = {"current_role__in": role_ids}
    found: list[Waiting] = [
        *tasks.filter(**is_theirs).values_list("sla_deadline", "number", "current_role")[:AT_ONCE],
        *branches.filter(**is_theirs).values_list("task__sla_deadline", "task", "current_role")[
            :AT_ONCE
        ],
    ]
    return sorted(found)[:AT_ONCE]


def _assign_each(waiting: Iterable[Waiting], *, at: datetime) -> tuple[int, set[int]]:
    """Return how many found somebody, and the roles in which nobody is eligible."""
    given, in_vain = 0, set[int]()
    for _, number, role_id in waiting:
        if role_id in in_vain:
            continue
        act = partial(_assign_if_waiting, f"T-{number}", role_id, at=at)
        found = _EACH.attempt(number, act, at=at, failed=False)
        given += found is True
        if found is None:
            in_vain.add(role_id)
    return given, in_vain


@transaction.atomic
def _assign_if_waiting(task_id: str, role_id: int, *, at: datetime) -> bool | None:
    """Return whether a step of that role was given to somebody; None when nobody is eligible."""
    task, frozen = locked_task(task_id, by=None, at=at)
    change = Change(task, frozen, at)
    place = next(
        (
            each
            for each in change.places
            if each.assignee_id is None and each.current_role_id == role_id
        ),
        None,
    )
    if place is None or State(task.state) not in WORKABLE:
        return False
    change.turn_to(place)
    pick = turns.take_turn(role_id, work=change.work)
    if pick.candidate is None:
        return False if pick.is_pool else None
    place.step_clock_from = max(place.step_clock_from, at)
    due.set_step_date(place, frozen, calendars.business_calendar(frozen.calendar_id, at=at))
    change.assign(pick, role=place.current_role.name)
    change.store()
    return True
