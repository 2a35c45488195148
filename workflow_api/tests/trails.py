"""Trails for tests, and what somebody can do to one who owns the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from builders import ADMIN, AT
from django.db import connection

from workflow_api.audit.services import AuditEntry


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
