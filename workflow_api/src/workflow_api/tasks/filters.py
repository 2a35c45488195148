"""From a query string to a list of tasks or tickets."""

from datetime import datetime

from django.db.models import Case, Expression, F, OrderBy, Q, QuerySet, Value, When

from servicekit.auth import Principal

from . import selectors
from .inputs import TasksQuery, TicketsQuery
from .loading import TASK_ID
from .models import OPEN_STATES, Priority, Task, Ticket

SEVERITY = Case(
    *(
        When(priority=each.value, then=Value(rank))
        for rank, each in enumerate((Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.URGENT))
    )
)
COLUMNS: dict[str, Expression | F] = {
    "created_at": F("created_at"),
    "sla_deadline": F("sla_deadline"),
    "step_deadline": F("step_deadline"),
    "priority": SEVERITY,
    "status": F("state"),
    "task_id": F("number"),
}


def filtered_tasks(wanted: TasksQuery, *, by: Principal, at: datetime) -> QuerySet[Task]:
    """Return the visible tasks that the query asks for, in its order."""
    rows = selectors.tasks_for_list(by).filter(_conditions(wanted, by=by))
    if wanted.sla:
        rows = selectors.in_sla_state(rows, wanted.sla, at=at)
    return rows.order_by(_order(wanted.ordering), "-number")


def filtered_tickets(wanted: TicketsQuery, *, by: Principal) -> QuerySet[Ticket]:
    """Return the visible tickets that the query asks for, newest first."""
    conditions = Q()
    if wanted.status:
        conditions &= Q(state=wanted.status)
    if wanted.priority:
        conditions &= Q(priority=wanted.priority)
    if wanted.category:
        conditions &= Q(category__iexact=wanted.category)
    if wanted.search:
        conditions &= Q(external_id__istartswith=wanted.search) | Q(title__icontains=wanted.search)
    return selectors.tickets_for_list(by).filter(conditions).order_by("-id")


def _conditions(wanted: TasksQuery, *, by: Principal) -> Q:
    exact = {
        "assignee": wanted.assigned_user,
        "priority": wanted.priority,
        "workflow": wanted.workflow_id,
        "ticket": wanted.ticket_id,
    }
    conditions = Q(**{name: value for name, value in exact.items() if value is not None})
    if wanted.status:
        states = OPEN_STATES if wanted.status == "open" else [wanted.status]
        conditions &= Q(state__in=states)
    if wanted.mine:
        conditions &= Q(assignee=by.user_id)
    if wanted.unassigned:
        conditions &= Q(assignee=None)
    return conditions & _of_role(wanted.role) & _found_by(wanted.search)


def _of_role(role: str) -> Q:
    if not role:
        return Q()
    is_number = role.isascii() and role.isdecimal() and len(role) < 19
    return Q(current_role=int(role)) if is_number else Q(current_role__name__iexact=role)


def _found_by(search: str) -> Q:
    if not search:
        return Q()
    found = Q(ticket__external_id__istartswith=search) | Q(ticket__title__icontains=search)
    if number := TASK_ID.fullmatch(search.upper()):
        found |= Q(number=int(number[1]))
    return found


def _order(ordering: str) -> OrderBy:
    column = COLUMNS[ordering.removeprefix("-")]
    return OrderBy(column, descending=ordering.startswith("-"))
