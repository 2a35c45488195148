"""Any service → Notification: alerts in the application and by mail."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from .message import Message

NotificationType = Literal[
    "task_assignment",
    "task_transfer",
    "task_escalation",
    "task_completed",
    "workflow_step_change",
    "sla_warning",
    "sla_breach",
    "ticket_status",
    "comment_added",
    "mention",
    "external_approval",
    "account_created",
    "invitation",
    "otp",
    "password_reset",
    "login_alert",
    "failed_login",
    "account_locked",
    "profile_updated",
    "email_change",
    "system",
]
INAPP_QUEUE = "inapp-notification-queue"
DEFAULT_QUEUE = "notification-queue-default"


class AssignmentNotification(Message):
    """Somebody got a task: one in-app alert and, where an address is known, one mail."""

    TASK: ClassVar[str] = "task.send_assignment_notification"
    QUEUE: ClassVar[str] = DEFAULT_QUEUE

    user_id: int = Field(ge=1)
    task_id: str = Field(min_length=1, max_length=50)
    task_title: str = Field(max_length=200)
    role_name: str = Field(max_length=150)
    user_email: str = Field(default="", max_length=254)
    user_name: str = Field(default="", max_length=300)
    ticket_number: str = Field(default="", max_length=100)
    step_name: str = Field(default="", max_length=150)
    priority: str = ""
    due_at: str = ""
    notification_type: NotificationType = "task_assignment"


class SendEmail(Message):
    """One mail from the template of its type."""

    TASK: ClassVar[str] = "notifications.send_email"
    QUEUE: ClassVar[str] = DEFAULT_QUEUE

    to: str = Field(min_length=3, max_length=254)
    notification_type: NotificationType
    context: dict[str, Any] = Field(default_factory=dict)


class CreateInappNotification(Message):
    """One alert for one person."""

    TASK: ClassVar[str] = "notifications.create_inapp_notification"
    QUEUE: ClassVar[str] = INAPP_QUEUE

    user_id: int = Field(ge=1)
    subject: str = Field(min_length=1, max_length=200)
    message: str = Field(max_length=5000)
    notification_type: NotificationType = "system"
    related_task_id: str = Field(default="", max_length=50)
    related_ticket_number: str = Field(default="", max_length=100)
    metadata: dict[str, Any] = Field(default_factory=dict)


class BulkCreateNotifications(Message):
    """The same alert for several people."""

    TASK: ClassVar[str] = "notifications.bulk_create_notifications"
    QUEUE: ClassVar[str] = INAPP_QUEUE

    user_ids: list[int] = Field(min_length=1, max_length=1000)
    subject: str = Field(min_length=1, max_length=200)
    message: str = Field(max_length=5000)
    notification_type: NotificationType = "system"
    related_task_id: str = Field(default="", max_length=50)
    related_ticket_number: str = Field(default="", max_length=100)
    metadata: dict[str, Any] = Field(default_factory=dict)


class MarkNotificationRead(Message):
    """A person has read an alert elsewhere."""

    TASK: ClassVar[str] = "notifications.mark_notification_read"
    QUEUE: ClassVar[str] = INAPP_QUEUE

    user_id: int = Field(ge=1)
    notification_id: int = Field(ge=1)
