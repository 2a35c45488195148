"""What a caller may see, in parts: each is a query with conditions that statistics know.

Read as one query with OR between them, a list would be searched row by row for whoever sees
little of it. See `servicekit.api.listing`.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from servicekit.auth import Principal
from workflow_api.roles import selectors as roles

from . import parallel, selectors
from .models import Assignment, Task, Ticket, TicketState
from .rights import COORDINATOR, sees_every_task, sees_every_ticket


def task_parts(by: Principal, *, at: datetime) -> list[QuerySet[Task]]:
    """Return the tasks of `selectors.visible_tasks` in parts that may overlap."""
    tasks = Task.objects.all()
    if sees_every_task(by):
        return [tasks]
    if (seen := _seen(by, at=at)) is None:
        return [tasks.none()]
    held = Assignment.objects.filter(task=OuterRef("pk"), person=by.user_id)
    return [tasks.filter(seen), tasks.filter(Exists(held))]


def own_tasks(by: Principal) -> list[QuerySet[Task]]:
    """Return all tasks to whoever may see those that they hold, to ask among these only."""
    is_known = sees_every_task(by) or roles.role_ids_of(by)
    return [Task.objects.all() if is_known else Task.objects.none()]


def ticket_parts(by: Principal, *, at: datetime) -> list[QuerySet[Ticket]]:
    """Return the tickets of `selectors.visible_tickets` in parts that may overlap."""
    tickets = Ticket.objects.all()
    if sees_every_ticket(by):
        return [tickets]
    parts = []
    if by.has_role("tts", COORDINATOR):
        parts.append(tickets.filter(state=TicketState.UNMATCHED))
    if (seen := _seen(by, at=at)) is not None:
        runs = Task.objects.filter(seen, ticket=OuterRef("pk"))
        held = Assignment.objects.filter(task__ticket=OuterRef("pk"), person=by.user_id)
        parts += [tickets.filter(Exists(runs)), tickets.filter(Exists(held))]
    return parts or [tickets.none()]


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
