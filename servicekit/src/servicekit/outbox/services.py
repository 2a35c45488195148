"""Writes of the outbox: record inside a transaction, mark after the broker confirmed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from servicekit.contracts import Message
from servicekit.logs import request_id
from servicekit.writes import insert

from .models import OutboxMessage

KEEP_PUBLISHED = timedelta(days=7)


def record_messages(messages: Iterable[Message], *, headers: dict[str, str]) -> None:
    """Store messages in one INSERT; see `servicekit.outbox.record`."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("outbox.record() needs a transaction")
    shared = headers | ({"x-request-id": request_id.get()} if request_id.get() else {})
    insert(
        [
            OutboxMessage(task=each.TASK, queue=queue, kwargs=each.kwargs(), headers=shared)
            for each in messages
            for queue in (each.QUEUE, *each.COPIES)
        ]
    )


def mark_published(ids: list[int], *, at: datetime) -> None:
    """Note that the broker has confirmed these messages."""
    OutboxMessage.objects.filter(id__in=ids).update(published_at=at, attempts=F("attempts") + 1)


def mark_failed(message: OutboxMessage, *, reason: str, at: datetime) -> None:
    """Note a refusal by the broker; the next attempt is after 1 s × 2ⁿ, 5 min at the most."""
    wait = min(timedelta(seconds=2 ** min(message.attempts, 9)), timedelta(minutes=5))
    OutboxMessage.objects.filter(id=message.id).update(
        attempts=F("attempts") + 1, last_error=reason[:500], next_attempt_at=at + wait
    )


def purge(*, at: datetime) -> int:
    """Delete what was published more than seven days ago; returns the number of rows."""
    return OutboxMessage.objects.filter(published_at__lt=at - KEEP_PUBLISHED).delete()[0]
