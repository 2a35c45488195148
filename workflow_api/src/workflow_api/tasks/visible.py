"""What a caller may see, in parts: each is a query with conditions that statistics know.

Read as one query with OR between them, a list would be searched row by row for whoever sees
little of it. See `servicekit.api.listing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from servicekit.auth import Principal
from workflow_api.roles import selectors as roles

from . import parallel, selectors
from .models import Assignment, Task, Ticket, TicketState
from .rights import COORDINATOR, sees_every_task, sees_every_ticket


@dataclass(frozen=True, slots=True)
class Visible:
    """Parts that may overlap, and the same with fewer rows twice: see UnionListing."""

    parts: Sequence[QuerySet[Any]]
    apart: Sequence[QuerySet[Any]] = ()


def parts_of_tasks(by: Principal, *, at: datetime) -> Visible:
    """Return the tasks of `selectors.visible_tasks` in parts."""
    tasks = Task.objects.all()
    if sees_every_task(by):
        return Visible([tasks])
    if (seen := _seen(by, at=at)) is None:
        return Visible([tasks.none()])
    first = tasks.filter(seen)
    held = tasks.filter(Exists(Assignment.objects.filter(task=OuterRef("pk"), person=by.user_id)))
    return Visible([first, held], apart=[first, held.exclude(seen)])


def own_tasks(by: Principal) -> Visible:
    """Return all tasks to whoever may see those that they hold, to ask among these only."""
    is_known = sees_every_task(by) or roles.role_ids_of(by)
    return Visible([Task.objects.all() if is_known else Task.objects.none()])


def parts_of_tickets(by: Principal, *, at: datetime) -> Visible:
    """Return the tickets of `selectors.visible_tickets` in parts."""
    tickets = Ticket.objects.all()
    if sees_every_ticket(by):
        return Visible([tickets])
    waiting = []
    if by.has_role("tts", COORDINATOR):
        waiting = [tickets.filter(state=TicketState.UNMATCHED)]
    tasks = parts_of_tasks(by, at=at)
    return Visible(
        [*waiting, *map(_tickets_of, tasks.parts)],
        apart=[*waiting, *map(_tickets_of, tasks.apart or tasks.parts)],
    )


def _tickets_of(tasks: QuerySet[Task]) -> QuerySet[Ticket]:
    return Ticket.objects.filter(Exists(tasks.filter(ticket=OuterRef("pk"))))


def _seen(by: Principal, *, at: datetime) -> Q | None:
    """Return what the columns of a task tell; None for who has no role. Three queries or four."""
    role_ids = roles.role_ids_of(by)
    if not role_ids:
        return None
    absent = roles.absent_with_substitute(by.user_id, at=at)
    seen = Q(owner=by.user_id)
    if deputised := list(absent.values_list("person", flat=True)):
        seen |= Q(assignee__in=deputised)
        if split := parallel.tasks_split_to(assignee__in=deputised):
            seen |= Q(pk__in=split)
    if versions := list(selectors.versions_with(role_ids)):
        seen |= Q(workflow_version__in=versions)
    return seen
