"""Search results: the number that was asked for, the best of the newest, then the older ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core import signing
from django.db.models import QuerySet

from servicekit.api.listing import Order, Stretch, UnionListing

from .search import Words, rank_by

WINDOW = 100
COUNT_UP_TO = 1_000
_SALT = "cursor by relevance"


@dataclass(frozen=True, kw_only=True)
class RankedListing:
    """What has the words of a search, by how well it fits and how new it is.

    Ranking all that has a common word would mean reading it all. So only the newest hundred are
    ranked; what is older follows by age. `first` are primary keys that come before everything;
    `document` is the path to the words.
    """

    words: Words
    first: Sequence[int]
    parts: Sequence[QuerySet[Any]]
    shown: QuerySet[Any]
    document: str
    count_up_to: int = COUNT_UP_TO

    def count(self) -> int:
        """Return how many rows there are, one more than `count_up_to` at most."""
        if len(self._newest) < WINDOW:
            return len(self.first) + len(self._newest)
        return min(self._by_age().count() + len(self.first), self.count_up_to + 1)

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        window = self._newest
        ranked = self._ranked(window)
        rows = self._by_age().loaded(ranked[offset : offset + limit])
        if len(rows) < limit and len(window) == WINDOW:
            older = max(offset, len(ranked)) - len(self.first)
            rows += self._by_age().slice(offset=older, limit=limit - len(rows))
        return rows

    def stretch(self, cursor: str, *, limit: int) -> Stretch:
        """Return the rows at a cursor, an empty one for the first. Raises NoSuchCursor.

        The cursor keeps what was newest, so that the ranked ones stay put; behind them it is one
        by age, also on the way back.
        """
        try:
            start, newest = signing.loads(cursor, salt=_SALT) if cursor else (0, None)
        except (signing.BadSignature, ValueError):
            return self._by_age().stretch(cursor, limit=limit)
        window = self._newest if newest is None else self._window(newest)
        ranked = self._ranked(window)
        newest = max(window, default=0)
        return Stretch(
            rows=self._by_age().loaded(ranked[start : start + limit]),
            previous=_cursor(max(0, start - limit), newest) if start else None,
            next=_cursor(start + limit, newest)
            if start + limit < len(ranked)
            else self._older(window),
        )

    def cursor_after(self, row: Any) -> str:
        """Return the cursor of what is older than a row."""
        return self._by_age().cursor_after(row)

    def _by_age(self) -> UnionListing:
        others = [part.exclude(pk__in=self.first) if self.first else part for part in self.parts]
        return UnionListing(others, self.shown, self._order, count_up_to=self.count_up_to)

    @property
    def _order(self) -> Order:
        return Order((f"-{self.shown.model._meta.pk.name}",))

    @cached_property
    def _newest(self) -> list[int]:
        return self._by_age().keys(up_to=WINDOW)

    def _window(self, newest: int) -> list[int]:
        """Return the keys that were the newest when that one was the first of them."""
        listing = self._by_age()
        parts = [part.filter(pk__lte=newest) for part in listing.parts]
        return replace(listing, parts=parts).keys(up_to=WINDOW)

    def _ranked(self, window: list[int]) -> list[int]:
        rows = self.shown.model._default_manager.filter(pk__in=window)
        ranks = rows.annotate(rank=rank_by(self.words, document=self.document))
        best = sorted(ranks.values_list("rank", "pk"), reverse=True)
        return [*self.first, *(pk for _, pk in best)]

    def _older(self, window: list[int]) -> str | None:
        """Return the cursor behind the ranked ones, when something is there."""
        if len(window) < WINDOW:
            return None
        cursor = self._order.cursor((min(window),))
        return cursor if self._by_age().stretch(cursor, limit=1).rows else None


def _cursor(start: int, newest: int) -> str:
    return signing.dumps([start, newest], salt=_SALT)
