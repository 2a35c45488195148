"""Search results: the number that was asked for, the best of the newest, then the older ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core import signing
from django.db.models import Exists, Q, QuerySet

from servicekit.api.listing import Key, KeyedListing, Order, Stretch, first_keys, loaded

from . import search
from .search import Words

WINDOW = 100
ENOUGH = 1.5  # times the tickets in which the hits are to be expected
AT_ONCE = 250  # tickets whose tasks are looked at
_SALT = "cursor by relevance"


@dataclass(frozen=True, kw_only=True)
class _HitsByAge(KeyedListing):
    """What has the words, by the age of its ticket.

    Where the words are neither so common that any few tickets have them nor so rare that few
    tickets do, they are looked for in the era that should have enough, and then in the rest.
    """

    words: Words
    parts: Sequence[QuerySet[Any]]
    shown: QuerySet[Any]
    order: Order

    def keys(self, *, up_to: int, past: Key | None = None) -> list[Key]:
        """Return the first keys, or those past one."""
        start = past[0] if past else search.newest_ticket()
        needed = ENOUGH * up_to * start // self._expected()
        if (era := search.era_until(start, tickets=int(needed))) is None:
            return self._hits(self.order, past=past, up_to=up_to)
        tickets = search.newest_having(self.words, era=era, until=start)
        found: list[Key] = []
        for index in range(0, len(tickets), AT_ONCE):
            these = Q(**{f"{self.order.columns[0]}__in": tickets[index : index + AT_ONCE]})
            found += self._keys(these, self.order, past=past, up_to=up_to - len(found))
            if len(found) == up_to:
                return found
        oldest = tickets[-1] if len(tickets) == search.MOST else era.first
        before = (oldest,) + (0,) * (len(self.order.names) - 1)
        return found + self._hits(self.order, past=before, up_to=up_to - len(found))

    def _fetched(self, order: Order, *, past: Key | None, limit: int) -> list[Any]:
        if order == self.order:
            keys = self.keys(up_to=limit, past=past)
        else:
            keys = self._hits(order, past=past, up_to=limit)
        return loaded(self.shown, [key[-1] for key in keys])

    def _hits(self, order: Order, *, past: Key | None, up_to: int) -> list[Key]:
        return self._keys(Q(self._having), order, past=past, up_to=up_to)

    def _keys(self, condition: Q, order: Order, *, past: Key | None, up_to: int) -> list[Key]:
        if past:
            condition &= order.past(past)
        return first_keys(order, [part.filter(condition) for part in self.parts], up_to=up_to)

    def _expected(self) -> int:
        """Return how many hits the statistics tell of; one at least."""
        told = self.parts[0].filter(self._having).explain(format="json")
        return max(1, json.loads(told)[0]["Plan"]["Plan Rows"]) if told else 1

    @property
    def _having(self) -> Exists:
        return search.having(self.words, ticket=self.order.columns[0])


@dataclass(frozen=True, kw_only=True)
class RankedListing:
    """What has the words of a search, by how well it fits and how new it is.

    Ranking all that has a common word would mean reading it all. So only the newest hundred are
    ranked, and counted; what is older follows by age. `first` are primary keys that come before
    everything; `columns` are that of the ticket and the primary key, which may be one.
    """

    words: Words
    first: Sequence[int]
    parts: Sequence[QuerySet[Any]]
    shown: QuerySet[Any]
    columns: tuple[str, ...]

    @property
    def count_up_to(self) -> int:
        return WINDOW

    def is_empty(self) -> bool:
        """Whether nothing has the words."""
        return not (self.first or self._newest)

    def count(self) -> int:
        """Return how many rows there are, one more than `count_up_to` at most."""
        return min(len(self.first) + len(self._newest), WINDOW + 1)

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        ranked = self._ranked(self._newest[:WINDOW])
        rows = loaded(self.shown, ranked[offset : offset + limit])
        if len(rows) < limit and len(self._newest) > WINDOW:
            skipped = max(offset - len(ranked), 0)
            past = self._newest[WINDOW - 1]
            older = self._by_age.keys(past=past, up_to=skipped + limit - len(rows))[skipped:]
            rows += loaded(self.shown, [key[-1] for key in older])
        return rows

    def stretch(self, cursor: str, *, limit: int) -> Stretch:
        """Return the rows at a cursor, an empty one for the first. Raises NoSuchCursor.

        The cursor keeps what was newest, so that the ranked ones stay put; behind them it is one
        by age, also on the way back.
        """
        try:
            start, newest = signing.loads(cursor, salt=_SALT) if cursor else (0, None)
        except (signing.BadSignature, ValueError):
            return self._by_age.stretch(cursor, limit=limit)
        found = self._newest if newest is None else self._since(tuple(newest))
        ranked = self._ranked(found[:WINDOW])
        return Stretch(
            rows=loaded(self.shown, ranked[start : start + limit]),
            previous=_cursor(max(0, start - limit), found) if start else None,
            next=self._next(start + limit, ranked, found),
        )

    def cursor_after(self, row: Any) -> str:
        """Return the cursor of what follows a row."""
        ranked = self._ranked(self._newest[:WINDOW])
        if row.pk in ranked[:-1]:
            return _cursor(ranked.index(row.pk) + 1, self._newest)
        key = self._newest[WINDOW - 1] if row.pk in ranked else self._order.key_of(row)
        return self._order.cursor(key)

    @property
    def _order(self) -> Order:
        return Order(tuple(f"-{column}" for column in self.columns))

    @property
    def _by_age(self) -> _HitsByAge:
        parts = [part.exclude(pk__in=self.first) if self.first else part for part in self.parts]
        return _HitsByAge(words=self.words, parts=parts, shown=self.shown, order=self._order)

    @cached_property
    def _newest(self) -> list[Key]:
        return self._by_age.keys(up_to=WINDOW + 1)

    def _since(self, newest: Key) -> list[Key]:
        """Return the keys that were the newest when that one was the first of them."""
        *columns, last = newest
        return self._by_age.keys(past=(*columns, last + 1), up_to=WINDOW + 1)

    def _ranked(self, window: Sequence[Key]) -> list[int]:
        ranks = search.ranks(self.words, [key[0] for key in window])
        best = sorted(window, key=lambda key: (ranks.get(key[0], 0.0), key), reverse=True)
        return [*self.first, *(key[-1] for key in best)]

    def _next(self, end: int, ranked: Sequence[int], found: Sequence[Key]) -> str | None:
        if end < len(ranked):
            return _cursor(end, found)
        return self._order.cursor(found[WINDOW - 1]) if len(found) > WINDOW else None


def _cursor(start: int, found: Sequence[Key]) -> str:
    return signing.dumps([start, found[0] if found else None], salt=_SALT)
