"""Requests that people make of the Workflow API, and what each costs: time, queries, bare SQL."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _help_desk import ADMIN, FIRST, SPECIALIST, TEAMS

CALLERS = {"admin": (1, ADMIN), "agent": (11, FIRST), "few": (71, SPECIALIST)}
Where = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of request by one kind of caller; the path may depend on the number of tickets."""

    name: str
    caller: str
    path: Where

    def __str__(self) -> str:
        return f"{self.name} ({self.caller})"


@dataclass(slots=True)
class Costs:
    """What one cell cost at one size, call by call, in milliseconds."""

    queries: int = 0
    answered: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        kinds = {"": self.answered, "cpu_": self.computed, "sql_": self.bare}
        return {"queries": self.queries} | {
            f"{kind}{name}_ms": round(how(values), 2)
            for kind, values in kinds.items()
            for name, how in (("p50", statistics.median), ("p95", p95))
        }


def p95(values: list[float]) -> float:
    """Return the value that one in twenty is above."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def _cell(name: str, path: str | Where, *callers: str) -> list[Cell]:
    where = path if callable(path) else lambda _, path=path: path
    return [Cell(name, caller, where) for caller in callers or ("admin", "agent")]


def _deep_cursor(amount: int) -> str:
    from servicekit.api.listing import Order  # noqa: PLC0415  # after set-up

    return f"/tasks/?cursor={Order(('-number',)).cursor((amount // 2,))}"


# Filters and words that have as much to tell in a small database as in a great one, see _help_desk
CELLS = [
    *_cell("list", "/tasks/", "admin", "agent", "few"),
    *_cell("list by cursor", "/tasks/?cursor=", "admin", "agent", "few"),
    *_cell("deep page (number 500)", "/tasks/?page=500", "admin"),
    *_cell("deep page (number 50)", "/tasks/?page=50", "agent"),
    *_cell("deep page (cursor, half way)", _deep_cursor),
    *_cell("open, by deadline", "/tasks/?status=open&ordering=sla_deadline"),
    *_cell(
        "my open ones, by deadline", "/tasks/?mine=true&status=open&ordering=sla_deadline", "agent"
    ),
    *_cell("mine", "/tasks/?mine=true", "agent", "few"),
    *_cell("unassigned and open", "/tasks/?unassigned=true&status=open"),
    *_cell("breached and open", "/tasks/?sla=breached&status=open&ordering=sla_deadline"),
    *_cell("at risk", "/tasks/?sla=at_risk"),
    *_cell("in time", "/tasks/?sla=ok"),
    *_cell("one state", "/tasks/?status=pending"),
    *_cell("one priority", "/tasks/?priority=urgent"),
    *_cell("one role, one priority", "/tasks/?role=L1 Support&priority=high"),
    *_cell("one workflow", "/tasks/?workflow_id=5", "admin", "agent"),
    *_cell("one small workflow", "/tasks/?workflow_id=30", "admin", "few"),
    *_cell("by priority", "/tasks/?ordering=-priority"),
    *_cell("by step deadline, cursor", "/tasks/?ordering=-step_deadline&cursor="),
    *_cell("detail", lambda amount: f"/tasks/T-{amount // 2}/", "admin"),
    *_cell("search, common word", "/tasks/?search=printer", "admin", "agent", "few"),
    *_cell("search, uncommon word", "/tasks/?search=gearbox", "admin", "agent", "few"),
    *_cell("search, rare word", "/tasks/?search=zeppelin", "admin", "agent"),
    *_cell("search, two words", "/tasks/?search=printer gearbox"),
    *_cell("search, beginning", "/tasks/?search=prin"),
    *_cell("search, two letters", "/tasks/?search=pr", "admin"),
    *_cell("search, mistyped", "/tasks/?search=gaerbox"),
    *_cell("search, nothing", "/tasks/?search=xylophonist"),
    *_cell("search, number", lambda amount: f"/tasks/?search=HDTS-{amount // 3:07}"),
    *_cell("search, open, by deadline", "/tasks/?search=support&status=open&ordering=sla_deadline"),
    *_cell("tickets", "/tickets/", "admin", "agent", "few"),
    *_cell("tickets of a category", "/tickets/?category=airships", "admin", "few"),
    *_cell("tickets by priority", "/tickets/?ordering=-priority&status=running"),
    *_cell("tickets, search", "/tickets/?search=gearbox"),
    *_cell("ledger", "/ingest/", "admin"),
    *_cell("ledger, parked", "/ingest/?outcome=parked", "admin"),
    *_cell("ledger, search", lambda amount: f"/ingest/?search=HDTS-{amount // 3:07}", "admin"),
    *_cell("trail", "/audit/", "admin"),
    *_cell("trail of a person", "/audit/?user_id=11", "admin"),
    *_cell("trail of an action", "/audit/?action=task_moved", "admin"),
    *_cell("trail, a person's action", "/audit/?user_id=11&action=task_moved", "admin"),
    *_cell("trail, never together", "/audit/?user_id=11&action=task_assigned", "admin"),
    *_cell("trail of days", "/audit/?start_date=2025-03-01&end_date=2025-03-02", "admin"),
    *_cell(
        "trail, a person's days",
        "/audit/?user_id=11&start_date=2025-03-01&end_date=2025-03-20",
        "admin",
    ),
]


class Caller:
    """Somebody with a token that the service believes, asking in this process."""

    def __init__(self, name: str) -> None:
        from rest_framework.test import APIClient  # noqa: PLC0415  # after set-up

        from servicekit.testing.tokens import make_token  # noqa: PLC0415

        user_id, role = CALLERS[name]
        token = make_token(
            user_id=user_id, username=f"user{user_id}", roles=(("tts", TEAMS[role][0]),)
        )
        self._client = APIClient()
        self._client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    def ask(self, path: str) -> Mapping[str, Any]:
        """Return the answer's body; anything but 200 is an error."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code} {answer.content[:300]!r}")
        body: Mapping[str, Any] = answer.json()
        return body


def measure(cell: Cell, caller: Caller, amount: int, costs: Costs) -> None:
    """Ask once for the time, once for the statements, and run these bare."""
    path = cell.path(amount)
    cpu, began = _cpu_ms(), time.perf_counter()
    caller.ask(path)
    costs.answered.append((time.perf_counter() - began) * 1000)
    costs.computed.append(_cpu_ms() - cpu)
    statements = recorded(caller, path)
    costs.queries = len(statements)
    costs.bare.append(bare(statements))


def _cpu_ms() -> float:
    """Return the processor time of this thread and of its database session: what waits is left out.

    On a busy machine it says more than the clock does.
    """
    from django.db import connection  # noqa: PLC0415  # after set-up

    connection.ensure_connection()
    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    there = int(session.read_text().split()[0]) if session.exists() else 0
    return (time.thread_time_ns() + there) / 1e6


def recorded(caller: Caller, path: str) -> list[tuple[str, Any]]:
    """Return the statements of a request."""
    from django.db import connection  # noqa: PLC0415  # after set-up

    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((statement, params))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        caller.ask(path)
    return seen


def bare(statements: list[tuple[str, Any]]) -> float:
    """Return how long the statements take by themselves, in milliseconds."""
    from django.db import connection  # noqa: PLC0415  # after set-up

    took = 0.0
    with connection.cursor() as cursor:
        for statement, params in statements:
            began = time.perf_counter()
            cursor.execute(statement, params)
            if cursor.description:
                cursor.fetchall()
            took += time.perf_counter() - began
    return took * 1000
