"""Creates alerts and marks them read. Every write locks the person's mailbox first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from notification_service.email.addresses import fault_of
from notification_service.email.services import Wanted, queue_mail
from notification_service.live import pokes
from notification_service.preferences import selectors as preferences
from servicekit.contracts import AssignmentNotification
from servicekit.errors import Invalid, NotFound

from . import wording
from .models import InAppNotification, Mailbox

_RESERVE: Final = """
    INSERT INTO alerts_mailbox AS box (user_id, head_seq, total, unread)
    SELECT user_id, 1, 1, 1 FROM unnest(%s::bigint[]) AS user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE
       SET head_seq = box.head_seq + 1, total = box.total + 1, unread = box.unread + 1
    RETURNING user_id, head_seq
"""


class AlertNotFound(NotFound):
    """There is no such alert, or it is somebody else's."""

    message = "There is no notification {notification_id}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What an alert says."""

    subject: str
    message: str
    notification_type: str
    related_task_id: str = ""
    related_ticket_number: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def create_alerts(
    *, user_ids: Iterable[int], alert: Alert, at: datetime
) -> list[InAppNotification]:
    """Give the same alert to several people, once to each.

    The mailboxes are locked in the order of user ids until commit.
    """
    rows = [
        InAppNotification(
            user_id=user_id,
            seq=seq,
            subject=alert.subject,
            message=alert.message,
            notification_type=alert.notification_type,
            created_at=at,
            related_task_id=alert.related_task_id,
            related_ticket_number=alert.related_ticket_number,
            metadata=dict(alert.metadata),
        )
        for user_id, seq in _reserve(sorted(set(user_ids)))
    ]
    InAppNotification.objects.bulk_create(rows)
    _tell([row.user_id for row in rows])
    return rows


@transaction.atomic(savepoint=False)
def alert_people(*, user_ids: Iterable[int], alert: Alert, at: datetime) -> int:
    """Alert those of the people who want to hear of this in the application; returns how many."""
    wanting = preferences.wanting_alerts(
        user_ids=user_ids, notification_type=alert.notification_type
    )
    return len(create_alerts(user_ids=wanting, alert=alert, at=at)) if wanting else 0


@transaction.atomic(savepoint=False)
def announce_assignment(
    news: AssignmentNotification, *, source: str, at: datetime
) -> Invalid | None:
    """Tell somebody of a task: an alert and, where an address is known, a mail.

    Returns why there is no mail when the address is no good: the alert goes out all the same.
    """
    alert = Alert(
        subject=wording.subject_of(news),
        message=wording.message_of(news),
        notification_type=news.notification_type,
        related_task_id=news.task_id,
        related_ticket_number=news.ticket_number,
        metadata={"role": news.role_name, "step": news.step_name, "due_at": news.due_at},
    )
    choice = preferences.preference_of(user_id=news.user_id)
    if preferences.is_wanted(choice, news.notification_type, preferences.IN_APP):
        create_alerts(user_ids=[news.user_id], alert=alert, at=at)
    address = news.user_email or (choice.email if choice else "")
    fault = fault_of(address=address, name=news.user_name) if address else None
    if address and fault is None:
        mail = Wanted(
            to=address,
            name=news.user_name,
            user_id=news.user_id,
            notification_type=news.notification_type,
            context=news.model_dump(mode="json", exclude={"user_name"}),
            source=source,
        )
        plan = preferences.plan_of(choice, notification_type=news.notification_type, at=at)
        queue_mail(mail, at=at, plan=plan)
    return fault


@transaction.atomic
def mark(*, notification_id: int, user_id: int, is_read: bool, at: datetime) -> InAppNotification:
    """Mark one of a person's alerts read or unread; marking it twice changes nothing.

    The mailbox is locked until commit. Raises AlertNotFound.
    """
    box = Mailbox.objects.select_for_update().filter(user_id=user_id).first()
    alert = InAppNotification.objects.filter(id=notification_id, user_id=user_id).first()
    if box is None or alert is None:
        raise AlertNotFound(notification_id=notification_id)
    if alert.is_read == is_read:
        return alert
    alert.is_read, alert.read_at = is_read, at if is_read else None
    alert.save(update_fields=["is_read", "read_at"])
    box.unread += -1 if is_read else 1
    box.save(update_fields=["unread"])
    _tell([user_id])
    return alert


@transaction.atomic(savepoint=False)
def mark_all_read(*, user_id: int, at: datetime) -> int:
    """Mark every alert of a person read and return how many were not.

    The mailbox is locked until commit.
    """
    box = Mailbox.objects.select_for_update().filter(user_id=user_id).first()
    if box is None or not box.unread:
        return 0
    unread = InAppNotification.objects.filter(user_id=user_id, is_read=False)
    marked = unread.update(is_read=True, read_at=at)
    box.unread = 0
    box.save(update_fields=["unread"])
    _tell([user_id])
    return marked


def _reserve(user_ids: list[int]) -> list[tuple[int, int]]:
    """Take the next sequence number of each mailbox, creating and locking it; sorted by user."""
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [user_ids])
        return sorted((user_id, seq) for user_id, seq in cursor.fetchall())


def _tell(user_ids: list[int]) -> None:
    """Wake the sockets of these people after the commit; a lost poke costs one heartbeat."""
    transaction.on_commit(lambda: pokes.poke(user_ids), robust=True)
