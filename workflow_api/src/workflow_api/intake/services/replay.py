"""What becomes of what was received: published again as it came, or set aside for good."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from servicekit.auth import Principal
from servicekit.contracts import MESSAGES
from servicekit.errors import Conflict, NotFound
from servicekit.inbox.models import InboxMessage, Result
from servicekit.outbox.models import OutboxMessage

from ..selectors import REPLAYED, SET_ASIDE

AT_ONCE = 1000


class DeliveryNotFound(NotFound):
    message = "There is no delivery {inbox_id}."


class NotReplayable(Conflict):
    code = "NOT_REPLAYABLE"
    message = "Delivery {inbox_id} could not be read as a message: there is nothing to replay."


@transaction.atomic
def replay(
    rows: QuerySet[InboxMessage], *, inbox_id: int, by: Principal, payload: Any = None
) -> OutboxMessage:
    """Publish one of these deliveries again, as it came or with a corrected `payload`.

    The new message has an id of its own, and so a row of its own in the ledger; a parked row
    leaves the dead letters. The row is locked until commit. Raises DeliveryNotFound,
    NotReplayable.
    """
    row = _locked(rows, inbox_id)
    row.task = _task_of(row)
    can_be_sent = is_replayable(row) if payload is None else bool(row.task and row.queue)
    if not can_be_sent:
        raise NotReplayable(inbox_id=inbox_id)
    [message] = _publish([(row, row.payload if payload is None else payload)], by=by)
    return message


@transaction.atomic
def set_aside(
    rows: QuerySet[InboxMessage], *, inbox_id: int, by: Principal, notes: str = ""
) -> InboxMessage:
    """Take one of these parked deliveries off the list of what is to be looked at, for good.

    It can still be read, and replayed. Once more changes nothing. The row is locked until commit.
    Raises DeliveryNotFound.
    """
    row = _locked(rows, inbox_id)
    if row.code != SET_ASIDE:
        why = f": {notes}" if notes else ""
        row.reason = f"Set aside by {by.username}{why}. {row.code}: {row.reason}"[:2000]
        row.code = SET_ASIDE
        row.save(update_fields=["code", "reason"])
    return row


@transaction.atomic
def replay_all(rows: QuerySet[InboxMessage], *, by: Principal) -> list[OutboxMessage]:
    """Publish those of these deliveries again that `of_many` leaves, oldest first, at most 1,000.

    The rows are locked until commit.
    """
    oldest = of_many(rows).order_by("id").select_for_update()[:AT_ONCE]
    return _publish([(row, row.payload) for row in oldest], by=by)


def _locked(rows: QuerySet[InboxMessage], inbox_id: int) -> InboxMessage:
    row = rows.select_for_update().filter(id=inbox_id).first()
    if row is None:
        raise DeliveryNotFound(inbox_id=inbox_id)
    return row


def of_many(rows: QuerySet[InboxMessage]) -> QuerySet[InboxMessage]:
    """Leave out what could not be read, and what was parked but replayed or set aside since."""
    is_dealt_with = {"outcome": Result.PARKED, "code__in": [REPLAYED, SET_ASIDE]}
    return rows.filter(payload__isnull=False).exclude(**is_dealt_with)


def _task_of(row: InboxMessage) -> str:
    """Return the task of a message; of one that was unreadable, the only one of its queue."""
    of_queue = [each.TASK for each in MESSAGES.values() if row.queue == each.QUEUE]
    return of_queue[0] if row.payload is None and len(of_queue) == 1 else row.task


def is_replayable(row: InboxMessage) -> bool:
    """Whether the delivery was a message with arguments."""
    return isinstance(row.payload, dict) and bool(row.task) and bool(row.queue)


def _publish(chosen: Iterable[tuple[InboxMessage, Any]], *, by: Principal) -> list[OutboxMessage]:
    messages = []
    for row, payload in chosen:
        headers = {"x-replay-of": str(row.id), "x-replayed-by": str(by.user_id)}
        message = OutboxMessage(task=row.task, queue=row.queue, kwargs=payload, headers=headers)
        messages.append(message)
        if row.outcome == Result.PARKED:
            row.code = REPLAYED
            row.reason = f"Replayed as {message.message_id} by {by.username}. {row.reason}"[:2000]
            row.save(update_fields=["code", "reason"])
    return OutboxMessage.objects.bulk_create(messages)
