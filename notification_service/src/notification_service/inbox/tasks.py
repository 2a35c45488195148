"""Messages that become alerts."""

from servicekit.contracts import (
    AssignmentNotification,
    BulkCreateNotifications,
    CreateInappNotification,
    MarkNotificationRead,
)
from servicekit.messaging import Delivery, Outcome, consumes

from . import services
from .services import Alert


@consumes(CreateInappNotification)
def create_inapp_notification(message: CreateInappNotification, delivery: Delivery) -> None:
    """Alert one person."""
    services.alert_people(
        user_ids=[message.user_id], alert=_alert(message), at=delivery.received_at
    )


@consumes(BulkCreateNotifications)
def bulk_create_notifications(message: BulkCreateNotifications, delivery: Delivery) -> None:
    """Alert several people with the same words."""
    services.alert_people(user_ids=message.user_ids, alert=_alert(message), at=delivery.received_at)


@consumes(MarkNotificationRead)
def mark_notification_read(message: MarkNotificationRead, delivery: Delivery) -> None:
    """Mark an alert read that a person has read elsewhere."""
    services.mark(
        notification_id=message.notification_id,
        user_id=message.user_id,
        is_read=True,
        at=delivery.received_at,
    )


@consumes(AssignmentNotification)
def send_assignment_notification(
    message: AssignmentNotification, delivery: Delivery
) -> Outcome | None:
    """Tell somebody of a task, by alert and, where an address is known, by mail."""
    fault = services.announce_assignment(
        message, source=delivery.message_id, at=delivery.received_at
    )
    return Outcome(code=fault.code, reason=f"no mail: {fault.sentence}") if fault else None


def _alert(message: CreateInappNotification | BulkCreateNotifications) -> Alert:
    return Alert(
        subject=message.subject,
        message=message.message,
        notification_type=message.notification_type,
        related_task_id=message.related_task_id,
        related_ticket_number=message.related_ticket_number,
        metadata=message.metadata,
    )
