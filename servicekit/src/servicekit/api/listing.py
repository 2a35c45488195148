"""Rows that a list shows a page at a time, each page at the same cost however deep it lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleGreaterThanOrEqual,
    TupleLessThan,
    TupleLessThanOrEqual,
)

Key = tuple[Any, ...]
COUNT_UP_TO = 10_000
NARROWED_COUNT_UP_TO = 1_000  # where a filter has to be tried on what is counted


class NoSuchCursor(Exception):
    """The cursor is not one of ours, or belongs to another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A page of rows, and the cursors of the pages before and after it."""

    rows: list[Any]
    previous: str | None
    next: str | None


class Listing(Protocol):
    """What `paginate` can show."""

    @property
    def count_up_to(self) -> int:
        """How far rows are counted."""
        ...

    def count(self) -> int:
        """Return how many rows there are, one more than `count_up_to` at most."""
        ...

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        ...

    def stretch(self, cursor: str, *, limit: int) -> Stretch:
        """Return the rows at a cursor, an empty one for the first. Raises NoSuchCursor."""
        ...

    def cursor_after(self, row: Any) -> str:
        """Return the cursor of what follows a row."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """Names of columns or annotations, all up or all down (`-`); together they are unique."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len({name.startswith("-") for name in self.names}) != 1:
            raise ValueError(f"An order goes up or down, not both: {self.names}")

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("-") for name in self.names)

    @property
    def is_descending(self) -> bool:
        return self.names[0].startswith("-")

    @property
    def reversed(self) -> "Order":
        sign = "" if self.is_descending else "-"
        return Order(tuple(sign + column for column in self.columns))

    def past(self, key: Key) -> Q:
        """Return the condition for what comes after a key: one range of an index."""
        comparison = TupleLessThan if self.is_descending else TupleGreaterThan
        return Q(comparison(Tuple(*map(F, self.columns)), key))

    def up_to(self, key: Key) -> Q:
        """Return the condition for a key and what comes before it."""
        comparison = TupleGreaterThanOrEqual if self.is_descending else TupleLessThanOrEqual
        return Q(comparison(Tuple(*map(F, self.columns)), key))

    def key_of(self, row: Any) -> Key:
        """Return where a row stands."""
        return tuple(getattr(row, column) for column in self.columns)

    def cursor(self, key: Key, *, backwards: bool = False) -> str:
        """Return a cursor that nobody can make up: its values go into SQL with their types."""
        values = [{"at": v.isoformat()} if isinstance(v, datetime) else v for v in key]
        return signing.dumps([values, int(backwards)], salt=self._salt)

    def opened(self, cursor: str) -> tuple[Key, bool]:
        """Return key and direction of a cursor. Raises NoSuchCursor."""
        try:
            values, backwards = signing.loads(cursor, salt=self._salt)
        except (signing.BadSignature, ValueError) as exc:
            raise NoSuchCursor(cursor) from exc
        key = [datetime.fromisoformat(v["at"]) if isinstance(v, dict) else v for v in values]
        return tuple(key), bool(backwards)

    @property
    def _salt(self) -> str:
        return "cursor " + ",".join(self.names)


class KeyedListing:
    """A listing by key; how rows are counted and fetched is for the kinds of it to say."""

    order: Order

    def stretch(self, cursor: str, *, limit: int) -> Stretch:
        """Return the rows at a cursor, an empty one for the first. Raises NoSuchCursor."""
        key, backwards = self.order.opened(cursor) if cursor else (None, False)
        order = self.order.reversed if backwards else self.order
        found = self._fetched(order, past=key, limit=limit + 1)
        rows, more = found[:limit], len(found) > limit
        before, after = (True, more) if key is not None else (False, more)
        if backwards:
            rows.reverse()
            before, after = more, True
        return Stretch(
            rows=rows,
            previous=self._cursor(rows[0], backwards=True) if rows and before else None,
            next=self._cursor(rows[-1]) if rows and after else None,
        )

    def cursor_after(self, row: Any) -> str:
        """Return the cursor of what follows a row."""
        return self._cursor(row)

    def _cursor(self, row: Any, *, backwards: bool = False) -> str:
        return self.order.cursor(self.order.key_of(row), backwards=backwards)

    def _fetched(self, order: Order, *, past: Key | None, limit: int) -> list[Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class QueryListing(KeyedListing):
    """The rows of one query."""

    rows: QuerySet[Any]
    order: Order
    count_up_to: int = COUNT_UP_TO

    def count(self) -> int:
        """Return how many rows there are, at most one more than `count_up_to`.

        A query that has a `known_count` is not counted.
        """
        known: int | None = getattr(self.rows, "known_count", None)
        if known is not None:
            return min(known, self.count_up_to + 1)
        return self.rows.order_by()[: self.count_up_to + 1].count()

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        return list(self.rows.order_by(*self.order.names)[offset : offset + limit])

    def _fetched(self, order: Order, *, past: Key | None, limit: int) -> list[Any]:
        rows = self.rows if past is None else self.rows.filter(order.past(past))
        return list(rows.order_by(*order.names)[:limit])


@dataclass(frozen=True)
class UnionListing(KeyedListing):
    """The rows that are in any of several queries, each row once.

    Each part is a query that some index serves in the given order, and is read no further than
    the page needs; one query with OR between the parts would read until it has found enough. How
    far that is the first part tells, which should be the greatest. The last column of the order
    is the primary key. `shown` loads the rows of a page, with whatever else the order names: at
    most three statements a page, and to count one a part. `apart` are the parts without rows of
    those before, where that is cheaper to count.
    """

    parts: Sequence[QuerySet[Any]]
    shown: QuerySet[Any]
    order: Order
    count_up_to: int = NARROWED_COUNT_UP_TO
    apart: Sequence[QuerySet[Any]] = ()

    def is_empty(self) -> bool:
        """Whether there is no row."""
        return not any(part.exists() for part in self.parts)

    def count(self) -> int:
        """Return how many rows there are, one more than `count_up_to` at most."""
        if len(self.parts) == 1:
            return self.parts[0].order_by()[: self.count_up_to + 1].count()
        return min(self.count_up_to + 1, len(self._counted))

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        is_by_key = len(self.parts) > 1 and len(self.order.names) == 1
        if is_by_key and len(self._counted) <= self.count_up_to:  # these are all
            keys = sorted(self._counted, reverse=self.order.is_descending)
            return loaded(self.shown, keys[offset : offset + limit])
        return loaded(self.shown, self.keys(up_to=offset + limit)[offset:])

    @cached_property
    def _counted(self) -> set[Any]:
        """The primary keys of what is counted, in no order."""
        up_to, keys = self.count_up_to + 1, set[Any]()
        for part in self.apart or self.parts:
            if len(keys) < up_to:
                keys |= set(part.order_by().values_list("pk", flat=True)[:up_to])
        return keys

    def keys(self, *, up_to: int) -> list[Any]:
        """Return the primary keys of the first rows."""
        return [key[-1] for key in first_keys(self.order, self.parts, up_to=up_to)]

    def _fetched(self, order: Order, *, past: Key | None, limit: int) -> list[Any]:
        parts = [part if past is None else part.filter(order.past(past)) for part in self.parts]
        return loaded(self.shown, [key[-1] for key in first_keys(order, parts, up_to=limit)])


def first_keys(order: Order, parts: Sequence[QuerySet[Any]], *, up_to: int) -> list[Key]:
    """Return the first keys of several queries, each key once.

    What the first query tells bounds how far the others are read.
    """
    first, *others = parts
    keys = set(_narrow(order, [first], up_to))
    if others:
        if len(keys) == up_to:
            last = (min if order.is_descending else max)(keys)
            others = [part.filter(order.up_to(last)) for part in others]
        keys |= set(_narrow(order, others, up_to))
    return sorted(keys, reverse=order.is_descending)[:up_to]


def loaded(shown: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    """Return the rows with these primary keys, in this order."""
    found = shown.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _narrow(order: Order, parts: Sequence[QuerySet[Any]], up_to: int) -> list[Key]:
    narrow = [part.order_by(*order.names).values_list(*order.columns)[:up_to] for part in parts]
    return list(_united(narrow).order_by(*order.names)[:up_to] if narrow[1:] else narrow[0])


def _united(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    return parts[0].union(*parts[1:]) if parts[1:] else parts[0]
