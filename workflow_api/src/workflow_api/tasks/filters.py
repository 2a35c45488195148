"""From a query string to a list of tasks or tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet

from servicekit.api.listing import COUNT_UP_TO, Listing, Order, UnionListing
from servicekit.auth import Principal
from workflow_api.roles import selectors as roles

from . import parallel, search, selectors
from .inputs import TasksQuery, TicketsQuery
from .loading import TASK_ID
from .models import OPEN_STATES, SEVERITIES, SEVERITY, STANDING, Priority
from .relevance import RankedListing
from .visible import own_tasks, task_parts, ticket_parts

MOST_FIRST = 10
NARROWED_COUNT_UP_TO = 1_000
COLUMNS = {"task_id": (), "ticket_id": (), "priority": ("severity",), "status": ("state",)}


@dataclass(frozen=True, slots=True)
class Found:
    """A list, and whether words of its search were taken for mistyped."""

    listing: Listing
    is_corrected: bool = False


def filtered_tasks(wanted: TasksQuery, *, by: Principal, at: datetime) -> Found:
    """Return the visible tasks that the query asks for, in its order."""
    conditions = _task_conditions(wanted)
    seen = own_tasks(by) if wanted.mine else task_parts(by)
    rows = [part.annotate(severity=SEVERITY, standing=STANDING) for part in seen]
    clocks = [Q()]
    if wanted.sla:
        clocks = selectors.sla_conditions(wanted.sla, status=wanted.status, at=at)
    worked = _worked(wanted, by=by)
    parts = [part.filter(conditions, *each) for part in rows for each in product(clocks, worked)]
    number = TASK_ID.fullmatch(wanted.search.upper())
    return _found(
        wanted,
        parts,
        [part.filter(number=int(number[1])) for part in parts] if number else [],
        selectors.tasks_for_list(),
        ticket="ticket",
    )


def filtered_tickets(wanted: TicketsQuery, *, by: Principal) -> Found:
    """Return the visible tickets that the query asks for, in its order."""
    conditions = _severe(wanted.priority)
    if wanted.status:
        conditions &= Q(state=wanted.status)
    if wanted.category:
        conditions &= Q(category__iexact=wanted.category)
    rows = [part.annotate(severity=SEVERITY) for part in ticket_parts(by)]
    parts = [part.filter(conditions) for part in rows]
    return _found(wanted, parts, [], selectors.tickets_for_list(), ticket="")


def _found(
    wanted: TasksQuery | TicketsQuery,
    parts: Sequence[QuerySet[Any]],
    named: Sequence[QuerySet[Any]],
    shown: QuerySet[Any],
    *,
    ticket: str,
) -> Found:
    """Return the rows of the parts that have the words, with those that the search names."""
    key = shown.model._meta.pk.name
    order = _order(wanted.ordering, key=key)
    if not wanted.search:
        is_narrowed = bool(wanted.model_fields_set - {"ordering"})
        count_up_to = NARROWED_COUNT_UP_TO if is_narrowed else COUNT_UP_TO
        return Found(UnionListing(parts, shown, order, count_up_to=count_up_to))
    words = _words(wanted.search, parts, ticket=ticket or key)
    if not words:
        return Found(UnionListing([shown.none()], shown, order))
    hits = [*named, *(part.filter(search.having(words, ticket=ticket or key)) for part in parts)]
    if wanted.ordering:
        hit = UnionListing(hits, shown, order, count_up_to=NARROWED_COUNT_UP_TO)
        return Found(hit, words.is_corrected)
    first = [*named]
    if words.number:
        tickets = search.numbered(words).values("pk")
        first += [part.filter(**{f"{ticket or key}__in": tickets}) for part in parts]
    ranked = RankedListing(
        words=words,
        first=UnionListing(first, shown, order).keys(up_to=MOST_FIRST) if first else [],
        parts=hits,
        shown=shown,
        document="ticket__text__document" if ticket else "text__document",
    )
    return Found(ranked, words.is_corrected)


def _words(wanted: str, parts: Sequence[QuerySet[Any]], *, ticket: str) -> search.Words:
    """Return what to look for: as it was typed, or as it may have been meant if nothing has it."""
    words = search.words_of(wanted)
    if words and not _any_has(words, parts, ticket):
        meant = search.corrected(words)
        if meant and _any_has(meant, parts, ticket):
            return meant
    return words


def _any_has(words: search.Words, parts: Sequence[QuerySet[Any]], ticket: str) -> bool:
    return any(part.filter(search.having(words, ticket=ticket)).exists() for part in parts)


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
