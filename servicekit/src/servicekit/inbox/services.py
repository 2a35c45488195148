"""Writes of the inbox: begin an attempt, claim the message, park it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from servicekit.writes import commit_so_far, pipelined

from .models import MALFORMED, InboxMessage, Result

# Its commit does not wait for the disk: that of the work does, for both, and before it a server
# that dies leaves a message that nobody has acknowledged, perhaps without the row of its attempt.
_BEGIN = """
INSERT INTO inbox_inboxmessage AS i
    (task, message_id, queue, subject, payload, headers,
     attempts, deliveries, outcome, code, reason)
VALUES (%s, %s, %s, %s, %s, %s, 1, 1, 'received', '', '')
ON CONFLICT (task, message_id) DO UPDATE SET
    deliveries = i.deliveries + 1,
    attempts = i.attempts + CASE WHEN i.outcome = 'received' THEN 1 ELSE 0 END
RETURNING i.id, i.outcome, i.attempts, i.received_at,
          set_config('synchronous_commit', 'off', true)
"""

_CLAIM = """
UPDATE inbox_inboxmessage SET outcome = 'done', finished_at = now()
WHERE task = %s AND message_id = %s AND outcome = 'received' RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try at the work of a message; `is_claimed` when it is this one's to do."""

    inbox_id: int
    outcome: str
    number: int
    received_at: datetime
    is_claimed: bool

    @property
    def is_parked(self) -> bool:
        """Whether the message was put aside by an earlier delivery."""
        return self.outcome == Result.PARKED


def begin_attempt(
    *,
    task: str,
    message_id: str,
    queue: str,
    subject: str,
    payload: dict[str, Any],
    headers: dict[str, Any],
) -> Attempt:
    """Store the message, or count a further delivery of it; commit that, and claim the message.

    Inside the work's `atomic()`, first thing: the row is there before the work begins, whatever the
    work does. One wait for all of it. See `claim`.
    """
    values: list[Any] = [task, message_id, queue, subject[:150], Jsonb(payload), Jsonb(headers)]
    with connection.cursor() as storing, connection.cursor() as claiming, pipelined():
        storing.execute(_BEGIN, values)
        commit_so_far()
        claiming.execute(_CLAIM, [task, message_id])
        inbox_id, outcome, number, received_at, _ = storing.fetchone()
        is_claimed = claiming.fetchone() is not None
    return Attempt(
        inbox_id=inbox_id,
        outcome=outcome,
        number=number,
        received_at=received_at,
        is_claimed=is_claimed,
    )


def claim(*, task: str, message_id: str) -> bool:
    """Mark the message done, first thing in the work's transaction; False when that cannot be.

    Another has done or parked it, or a server that died has lost its row (see `_BEGIN`).

    The row stays locked until commit, so of two simultaneous deliveries one waits and then
    finds the message done.
    """
    with connection.cursor() as cursor, pipelined():  # BEGIN goes along
        cursor.execute(_CLAIM, [task, message_id])
        return cursor.fetchone() is not None


def settle(inbox_id: int, *, outcome: str, code: str = "", reason: str = "") -> None:
    """Give the message another outcome than plain `done`."""
    InboxMessage.objects.filter(id=inbox_id).update(
        outcome=outcome, code=code, reason=reason, finished_at=timezone.now()
    )


def park(inbox_id: int, *, code: str, reason: str) -> bool:
    """Put an unfinished message aside: visible and replayable; False when it is not there."""
    parked = InboxMessage.objects.filter(id=inbox_id, outcome=Result.RECEIVED).update(
        outcome=Result.PARKED, code=code, reason=reason[:2000], finished_at=timezone.now()
    )
    return parked > 0


def park_malformed(
    *,
    task: str,
    sent_as: str,
    queue: str,
    code: str,
    reason: str,
    raw: bytes,
    headers: dict[str, Any],
) -> None:
    """Store a message that could not even be read: its bytes and headers.

    It is found by the sender's id behind `malformed:`, and so never stands in the way of the same
    message mended. Where that is taken, or there is none, something of ours makes it unique.
    """
    row = InboxMessage(
        task=task,
        message_id=f"{MALFORMED}{sent_as or uuid.uuid4()}",
        queue=queue,
        outcome=Result.PARKED,
        code=code,
        reason=reason[:2000],
        raw=raw,
        headers=headers,
        finished_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.message_id += f":{uuid.uuid4().hex[:12]}"
        row.save(force_insert=True)
