"""Whether a turn in a role would find somebody, without taking it."""

from datetime import datetime

from django.db.models import Q

from workflow_api.roles import selectors as roles
from workflow_api.roles.models import Availability
from workflow_api.sla import selectors as calendars

from .models import IS_UNDER_WAY, OPEN_STATES, Branch, Task

UNLIMITED = Q(person__availability=None) | Q(
    person__availability__calendar=None, person__availability__max_open_tasks=None
)


def has_eligible(role_id: int, *, at: datetime) -> bool:
    """Return whether somebody in the role can be given work at that time, as `turns` decides it.

    One query where somebody has no limits; a substitute counts as the member that they must be.
    """
    present = roles.active_members(role_id).exclude(
        Q(person__availability__absent_until=None) | Q(person__availability__absent_until__gt=at),
        person__availability__absent_from__lte=at,
    )
    if present.filter(UNLIMITED).exists():
        return True
    limited = [member.person.availability for member in present.exclude(UNLIMITED)]
    wanted = {each.calendar_id for each in limited if each.calendar_id is not None}
    closed = calendars.closed_at(wanted, at=at) if wanted else frozenset()
    return any(_has_room(each) for each in limited if each.calendar_id not in closed)


def _has_room(row: Availability) -> bool:
    if row.max_open_tasks is None:
        return True
    tasks = Task.objects.filter(assignee=row.person_id, state__in=OPEN_STATES).values("number")
    branches = Branch.objects.filter(IS_UNDER_WAY, assignee=row.person_id).values("task")
    return tasks.union(branches)[: row.max_open_tasks].count() < row.max_open_tasks
