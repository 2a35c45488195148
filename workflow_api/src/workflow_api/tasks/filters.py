"""From a query string to a list of tasks or tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product
from typing import Any

from django.db.models import Case, Q, QuerySet

from servicekit.api.listing import (
    COUNT_UP_TO,
    NARROWED_COUNT_UP_TO,
    Listing,
    Order,
    UnionListing,
)
from servicekit.auth import Principal
from workflow_api.roles import selectors as roles

from . import parallel, search, selectors
from .inputs import AtRiskQuery, TasksQuery, TicketsQuery
from .loading import TASK_ID
from .models import CLOCK_RUNS, OPEN_STATES, SEVERITIES, SEVERITY, STANDING, Priority
from .relevance import WINDOW, RankedListing
from .visible import Visible, own_tasks, parts_of_tasks, parts_of_tickets

MOST_FIRST = 10
# Behind each the number follows, which is drawn when a task or ticket is made: it tells the age.
COLUMNS = {"priority": ("severity",), "status": ("state",)} | dict.fromkeys(
    ("task_id", "ticket_id", "created_at", "received_at"), ()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A list, and whether words of its search were taken for mistyped."""

    listing: Listing
    is_corrected: bool = False


def filtered_tasks(wanted: TasksQuery, *, by: Principal, at: datetime) -> Found:
    """Return the visible tasks that the query asks for, in its order."""
    conditions = _task_conditions(wanted)
    clocks = [Q()]
    if wanted.sla:
        clocks = selectors.sla_conditions(wanted.sla, status=wanted.status, at=at)
    worked = [Q(conditions, *each) for each in product(clocks, _worked(wanted, by=by))]
    seen = own_tasks(by) if wanted.mine else parts_of_tasks(by, at=at)
    seen = _narrowed(seen, *worked, severity=SEVERITY, standing=STANDING)
    number = TASK_ID.fullmatch(wanted.search.upper())
    return _found(
        wanted,
        seen,
        [part.filter(number=int(number[1])) for part in seen.parts] if number else [],
        selectors.tasks_for_list(),
        columns=("ticket_id", "number"),
    )


def filtered_tickets(wanted: TicketsQuery, *, by: Principal, at: datetime) -> Found:
    """Return the visible tickets that the query asks for, in its order."""
    conditions = _severe(wanted.priority)
    if wanted.status:
        conditions &= Q(state=wanted.status)
    if wanted.category:
        conditions &= Q(category__iexact=wanted.category)
    seen = _narrowed(parts_of_tickets(by, at=at), conditions, severity=SEVERITY)
    return _found(wanted, seen, [], selectors.tickets_for_list(), columns=("id",))


def tasks_at_risk(wanted: AtRiskQuery, *, by: Principal, at: datetime) -> Listing:
    """Return the visible tasks whose warning is past by then and whose deadline is not yet."""
    near = CLOCK_RUNS & Q(sla_deadline__gt=at, sla_warn_at__lte=wanted.until(at))
    seen = _narrowed(parts_of_tasks(by, at=at), near)
    order = Order(("sla_deadline", "number"))
    return UnionListing(
        seen.parts, selectors.tasks_for_list(), order, NARROWED_COUNT_UP_TO, seen.apart
    )


def _narrowed(seen: Visible, *any_of: Q, **more: Case) -> Visible:
    """Return of each part as many as there are conditions, with these columns."""

    def narrowed(parts: Sequence[QuerySet[Any]]) -> list[QuerySet[Any]]:
        rows = [part.annotate(**more) for part in parts]
        return [part.filter(each) for part in rows for each in any_of]

    return Visible(narrowed(seen.parts), narrowed(seen.apart))


def _found(
    wanted: TasksQuery | TicketsQuery,
    seen: Visible,
    named: Sequence[QuerySet[Any]],
    shown: QuerySet[Any],
    *,
    columns: tuple[str, ...],
) -> Found:
    """Return the rows of the parts that have the words, with those that the search names.

    `columns` are that of the ticket and the primary key.
    """
    order = _order(wanted.ordering, key=columns[-1])
    if not wanted.search:
        is_all = not seen.apart and not wanted.model_fields_set - {"ordering"}
        count_up_to = COUNT_UP_TO if is_all else NARROWED_COUNT_UP_TO
        return Found(UnionListing(seen.parts, shown, order, count_up_to, seen.apart))
    if not (words := search.words_of(wanted.search)):
        return Found(UnionListing([shown.none()], shown, order))
    having = partial(_having, parts=seen.parts, named=named, shown=shown, columns=columns)
    found = having(words, order=order if wanted.ordering else None)
    if found.is_empty() and (meant := search.corrected(words)):
        corrected = having(meant, order=order if wanted.ordering else None)
        if not corrected.is_empty():
            return Found(corrected, is_corrected=True)
    return Found(found)


def _having(
    words: search.Words,
    *,
    parts: Sequence[QuerySet[Any]],
    named: Sequence[QuerySet[Any]],
    shown: QuerySet[Any],
    columns: tuple[str, ...],
    order: Order | None,
) -> UnionListing | RankedListing:
    """Return what has the words in an order, or without one the best first."""
    ticket, key = columns[0], columns[-1]
    if order:
        condition = search.having(words, ticket=ticket)
        hits = [*named, *(part.filter(condition) for part in parts)]
        return UnionListing(hits, shown, order, count_up_to=WINDOW)
    first = [*named]
    if words.number:
        tickets = search.numbered(words).values("pk")
        first += [part.filter(**{f"{ticket}__in": tickets}) for part in parts]
    return RankedListing(
        words=words,
        first=UnionListing(first, shown, Order((f"-{key}",))).keys(up_to=MOST_FIRST)
        if first
        else [],
        parts=parts,
        shown=shown,
        columns=columns,
    )


def _task_conditions(wanted: TasksQuery) -> Q:
    exact = {
        "workflow": wanted.workflow_id,
        "ticket": wanted.ticket_id,
    }
    conditions = Q(**{name: value for name, value in exact.items() if value is not None})
    if wanted.status == "open":
        conditions &= Q(state__in=OPEN_STATES)
    elif wanted.status:
        conditions &= Q(state=wanted.status)
    return conditions & _severe(wanted.priority)


def _worked(wanted: TasksQuery, *, by: Principal) -> list[Q]:
    """Return whose step, and of which role, is asked for: the task's own, or that of a branch."""
    conditions = Q()
    if wanted.assigned_user is not None:
        conditions &= Q(assignee=wanted.assigned_user)
    if wanted.mine:
        conditions &= Q(assignee=by.user_id)
    if wanted.unassigned:
        conditions &= Q(assignee=None)
    if wanted.role:
        conditions &= Q(current_role__in=roles.role_ids_named(wanted.role))
    if not conditions or not (split := parallel.tasks_split_to(conditions)):
        return [conditions]
    return [conditions, Q(pk__in=split)]


def _severe(priority: Priority | None) -> Q:
    return Q(severity=SEVERITIES[priority]) if priority else Q()


def _order(ordering: str | None, *, key: str) -> Order:
    """Return an order that is unique: what is alike goes by age, in the same direction."""
    wanted = ordering or "-" + key
    sign = "-" if wanted.startswith("-") else ""
    name = wanted.removeprefix("-")
    columns = () if name == key else COLUMNS.get(name, (name,))
    return Order(tuple(sign + column for column in (*columns, key)))
