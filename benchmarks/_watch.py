"""Seeing tickets arrive: two database connections that look for new rows ten times a second.

A row's own time says when its transaction began to write, not when others could see it; so each
row is also stamped with the database clock of the first look that found it. That is later than
the truth by up to the interval, never earlier.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString

import psycopg

INTERVAL_S = 0.1
MARGIN = 100  # ids commit out of order: look this far back again

ASSIGNED: LiteralString = """
SELECT a.id, t.external_id, a.assigned_at, clock_timestamp()
FROM tasks_assignment a
JOIN tasks_task k ON k.number = a.task_id
JOIN tasks_ticket t ON t.id = k.ticket_id
WHERE a.id > %(above)s AND starts_with(t.external_id, %(prefix)s)
"""
NOTIFIED: LiteralString = """
SELECT id, related_ticket_number, created_at, clock_timestamp()
FROM alerts_inappnotification
WHERE id > %(above)s AND notification_type = 'task_assignment'
  AND starts_with(related_ticket_number, %(prefix)s)
"""
HEADS: dict[str, LiteralString] = {
    ASSIGNED: "SELECT coalesce(max(id), 0) FROM tasks_assignment",
    NOTIFIED: "SELECT coalesce(max(id), 0) FROM alerts_inappnotification",
}


@dataclass
class Watch:
    """What one database showed: row id → ticket, when it was stamped, when it was seen."""

    url: str
    query: LiteralString
    prefix: str
    rows: dict[int, str] = field(default_factory=dict)
    stamped: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._connection = psycopg.connect(self.url, autocommit=True)
        head = self._connection.execute(HEADS[self.query]).fetchone()
        self._floor = int(head[0]) if head else 0
        self._above = self._floor
        self.clock_ahead_s = self._clock_ahead_s()
        self._thread = threading.Thread(target=self._run, name="watch")

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._look(above=self._floor)
        self._connection.close()

    @property
    def per_ticket(self) -> Counter[str]:
        """How many rows each ticket has."""
        return Counter(self.rows.values())

    def _run(self) -> None:
        while not self._stopping.wait(INTERVAL_S):
            self._look(above=max(self._floor, self._above - MARGIN))

    def _look(self, *, above: int) -> None:
        wanted = {"above": above, "prefix": self.prefix}
        for row_id, ticket_id, stamped, now in self._connection.execute(self.query, wanted):
            if row_id in self.rows:
                continue
            self.rows[row_id] = ticket_id
            self.stamped.setdefault(ticket_id, self._ours(stamped))
            self.seen.setdefault(ticket_id, self._ours(now))
            self._above = max(self._above, row_id)

    def _ours(self, moment: datetime) -> float:
        return moment.timestamp() - self.clock_ahead_s

    def _clock_ahead_s(self) -> float:
        """Return how far the database clock is ahead of ours, from the quickest of ten asks."""
        asks = []
        for _ in range(10):
            before = time.time()
            answer = self._connection.execute("SELECT clock_timestamp()").fetchone()
            after = time.time()
            assert answer is not None
            asks.append((after - before, answer[0].timestamp() - (before + after) / 2))
        return float(min(asks)[1])
