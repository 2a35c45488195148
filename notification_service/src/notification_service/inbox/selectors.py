"""Reads alerts; the counters of the mailbox make every count one row."""

from django.db.models import QuerySet

from .models import InAppNotification, Mailbox


def alerts_of(*, box: Mailbox, is_read: bool | None = None) -> QuerySet[InAppNotification]:
    """Return the alerts of a mailbox, newest first; its counters say how many, uncounted."""
    alerts = InAppNotification.objects.filter(user_id=box.user_id).order_by("-id")
    if is_read is not None:
        alerts = alerts.filter(is_read=is_read)
    numbers = {None: box.total, True: box.total - box.unread, False: box.unread}
    alerts.known_count = numbers[is_read]
    return alerts


def mailbox_of(*, user_id: int) -> Mailbox:
    """Return a person's counters; all zero before the first alert."""
    return Mailbox.objects.filter(user_id=user_id).first() or Mailbox(user_id=user_id)


def alerts_after(*, user_id: int, seq: int, limit: int) -> list[InAppNotification]:
    """Return a person's alerts past `seq`, oldest first, at most `limit`."""
    newer = InAppNotification.objects.filter(user_id=user_id, seq__gt=seq)
    return list(newer.order_by("seq")[:limit])
