"""Trails for tests, and what somebody can do to one who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from builders import ADMIN, AT
from django.db import connection

from workflow_api.audit import services
from workflow_api.audit.services import AuditEntry
from workflow_api.audit.verification import verify

DAY = timedelta(days=1)
FIRST = AT.date()


@dataclass
class Thing:
    """A subject without a table."""

    audit_subject: str
    audit_seq: int = 0
    audit_hash: str = ""


def entry(subject: Any, action: str = "changed", **values: Any) -> AuditEntry:
    """Return an entry of an administrator."""
    return AuditEntry(**{"subject": subject, "action": action, "at": AT, "by": ADMIN} | values)


@contextmanager
def unguarded() -> Iterator[Any]:
    """What somebody can do who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def days(*chains: str) -> dict[str, Thing]:
    """Write three rows of each chain on three days in a row, and anchor the days."""
    things = {name: Thing(name) for name in chains}
    for number in range(3):
        at = AT + number * DAY
        services.record(*[entry(each, f"act{number}", at=at) for each in things.values()])
    services.anchor_days(at=AT + 3 * DAY)
    return things


def fault(*, at: datetime = AT + 3 * DAY) -> tuple[str, int] | None:
    """Return where the trail was altered, if it was."""
    found = verify(at=at).alteration
    return (found.subject, found.seq) if found else None
