"""Rows of a sweep, each tried by itself: one that fails is logged and keeps no other waiting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from servicekit.api.errors import as_domain_error

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=10)
REMEMBERED = 10_000

T = TypeVar("T")
F = TypeVar("F")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Failure:
    times: int
    until: datetime


@dataclass
class Attempts:
    """What failed in the sweep that calls it `event`: tried again after 1 s, 2 s, … 10 min.

    It is kept in the process that sweeps, which is one at a time; the next one begins anew. `act`
    is a transaction of its own.
    """

    event: str
    _failed: dict[int, _Failure] = field(default_factory=dict, init=False)

    def put_off(self, *, at: datetime) -> set[int]:
        """Return the rows whose time has not come: whoever looks for work leaves them out."""
        return {row for row, failure in [*self._failed.items()] if failure.until > at}

    def attempt(self, row: int, act: Callable[[], T], *, at: datetime, failed: F) -> T | F:
        """Return what the act returns, or `failed` where it raises something about this row alone.

        What concerns every row, such as a database that is away, is raised again; the row is put
        off even so, so that the next call begins with others.
        """
        try:
            done = act()
        except Exception as exc:  # whatever is wrong with one must not stop the others
            self._put_off(row, at=at)
            self._log(row, exc)
            return failed
        self._failed.pop(row, None)
        return done

    def _put_off(self, row: int, *, at: datetime) -> None:
        before = self._failed.pop(row, None)
        times = before.times + 1 if before else 1
        wait = min(FIRST_WAIT * 2 ** min(times - 1, 10), LONGEST_WAIT)
        self._failed[row] = _Failure(times, at + wait)
        if len(self._failed) > REMEMBERED:
            del self._failed[next(iter(self._failed))]

    def _log(self, row: int, exc: Exception) -> None:
        error = as_domain_error(exc)
        if error is None:
            log.error(self.event, row=row, exc_info=exc)
        elif error.status >= 500:
            raise exc
        else:
            log.warning(self.event, row=row, error=error.sentence)
