"""Writing the trail: many entries, one INSERT; and the anchor of each day."""

import dataclasses
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

import structlog
from django.db import connection, transaction

from servicekit.writes import insert
from workflow_api.audit import chain, selectors
from workflow_api.audit.evidence import ANCHOR, MerkleTree
from workflow_api.audit.models import TASK_PREFIX, AuditAnchor, AuditRow

GRACE = timedelta(hours=1)  # no transaction lives so long: ids are given before the commit
DAYS_AT_ONCE = 31
ANCHOR_LOCK = 0x617564  # in the key space of one number; sweeps lock with two

log = structlog.get_logger(__name__)
client_address: ContextVar[str | None] = ContextVar("client_address", default=None)


class Audited(Protocol):
    """What has a chain: its row carries the chain's head and is locked by whoever records."""

    audit_seq: int
    audit_hash: str

    @property
    def audit_subject(self) -> str: ...


class Actor(Protocol):
    """Who did it; a Principal is one."""

    @property
    def user_id(self) -> int: ...

    @property
    def username(self) -> str: ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One change of one subject. `by` None is the system itself.

    `subject` is a model instance such as a Task whose `audit_subject` is `task:T-1`.
    `ip` defaults to the address of the request that is being answered.
    """

    subject: Audited
    action: str
    at: datetime
    by: Actor | None = None
    field: str = ""
    old: Any = None
    new: Any = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    ip: str | None = None


def record(*entries: AuditEntry) -> None:
    """Append the entries to the chains of their subjects with one INSERT.

    Moves `audit_seq` and `audit_hash` of each subject's instance on: the caller holds the lock on
    the subject's row and saves both fields afterwards, in the same transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The trail is written inside a transaction.")
    insert([_append(entry) for entry in entries])


def _append(entry: AuditEntry) -> AuditRow:
    subject = entry.subject
    name = subject.audit_subject
    row = AuditRow(
        subject=name,
        seq=subject.audit_seq + 1,
        at=entry.at,
        user_id=entry.by.user_id if entry.by else None,
        user_name=entry.by.username if entry.by else "system",
        action=entry.action,
        task_id=name.removeprefix(TASK_PREFIX) if name.startswith(TASK_PREFIX) else "",
        field=entry.field,
        old_value=chain.plain(entry.old),
        new_value=chain.plain(entry.new),
        details=chain.plain(entry.details),
        ip_address=chain.plain_address(entry.ip or client_address.get()),
        previous_hash=subject.audit_hash,
    )
    row.hash = chain.seal(row)
    subject.audit_seq, subject.audit_hash = row.seq, row.hash
    return row


def anchor_days(*, at: datetime) -> int:
    """Anchor each closed UTC day that has no anchor, the oldest first; returns how many.

    A day is closed an hour after its end. At most 31 a call; each anchor is a transaction of its
    own under an advisory lock, and a line in the log, so that it leaves the database.
    """
    for done in range(DAYS_AT_ONCE):
        if not _anchor_next_day(at=at):
            return done
    return DAYS_AT_ONCE


@transaction.atomic
def _anchor_next_day(*, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ANCHOR_LOCK])
    last = selectors.last_anchor()
    day = selectors.first_day_after(last)
    if day is None or _end_of(day) + GRACE > at:
        return False
    anchor = _anchor_of(day, after=last, at=at)
    insert([anchor])
    values = chain.values_of(anchor, (*ANCHOR, "hash"))
    transaction.on_commit(lambda: log.info("audit_anchored", **values))
    return True


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC) + timedelta(days=1)


def _anchor_of(day: date, *, after: AuditAnchor | None, at: datetime) -> AuditAnchor:
    """Return the anchor of every row up to the last that was written on that day."""
    first = after.last_id if after else 0
    anchor = AuditAnchor(
        number=after.number + 1 if after else 1,
        day=day,
        last_id=selectors.last_id_before(_end_of(day), after=first),
        anchored_at=at,
        previous_hash=after.hash if after else "",
    )
    tree = MerkleTree()
    for leaf in selectors.hashes(after=first, until=anchor.last_id):
        tree.add(leaf)
    anchor.rows, anchor.root = tree.size, tree.root()
    anchor.hash = chain.seal(anchor, ANCHOR)
    return anchor
