"""Writing the trail: many entries, one INSERT."""

import dataclasses
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from servicekit.writes import insert
from workflow_api.audit import chain
from workflow_api.audit.models import AuditRow

TASK_PREFIX = "task:"
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
    if not transaction.get_connection().in_atomic_block:
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
