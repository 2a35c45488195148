"""Open tasks whose owner cannot act: who coordinates no more, or nobody."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from workflow_api.roles import selectors as roles

from .models import OPEN_STATES, Task
from .rights import COORDINATOR

# From one owner to the next by index, however many tasks each has
_OWNERS = """
WITH RECURSIVE owners AS (
    (SELECT owner_id FROM tasks_task
     WHERE state = ANY(%(open_states)s) AND owner_id IS NOT NULL ORDER BY owner_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT t.owner_id FROM tasks_task t
        WHERE t.state = ANY(%(open_states)s) AND t.owner_id > owners.owner_id
        ORDER BY t.owner_id LIMIT 1
    ) FROM owners WHERE owners.owner_id IS NOT NULL
)
SELECT owner_id FROM owners WHERE owner_id IS NOT NULL
"""


def is_coordinator(user_id: int | None) -> bool:
    """Whether somebody may own a task now."""
    return user_id in roles.members_named(COORDINATOR)


def without_coordinator(*, at_most: int, but: Collection[int] = ()) -> list[int]:
    """Return the numbers of open tasks without an owner who coordinates, most urgent first.

    `but` are left out. None while there is no coordinator at all.
    """
    coordinators = roles.members_named(COORDINATOR)
    if not coordinators:
        return []
    left = [each for each in _owners() if each not in coordinators]
    tasks = Task.objects.filter(state__in=OPEN_STATES).exclude(number__in=but)
    found = [
        row
        for owner in (*left, None)
        for row in _most_urgent(tasks.filter(owner=owner), at_most=at_most)
    ]
    return [number for _, number in sorted(found)[:at_most]]


def _owners() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS, {"open_states": OPEN_STATES})
        return [owner for (owner,) in cursor.fetchall()]


def _most_urgent(of_one: QuerySet[Task], *, at_most: int) -> list[tuple[datetime, int]]:
    # The owner in the order as well: PostgreSQL does not see that null is always the same
    rows = of_one.order_by("owner_id", "sla_deadline", "number")
    return list(rows.values_list("sla_deadline", "number")[:at_most])
