"""What the help desk holds: tickets, their files, and what it heard about them."""

import uuid

from django.db import models
from django.db.models import Q


class Priority(models.TextChoices):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"
    CRITICAL = "critical"


class HelpDeskTicket(models.Model):
    """A ticket as the help desk has it; every revision of it is published."""

    ticket_id = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.MEDIUM)
    category = models.CharField(max_length=100)
    sub_category = models.CharField(max_length=100)
    department = models.CharField(max_length=100, blank=True, default="")
    requester_name = models.CharField(max_length=200, blank=True, default="")
    requester_email = models.EmailField(blank=True, default="")
    links = models.JSONField(blank=True, default=list)
    extra = models.JSONField(blank=True, default=dict)
    revision = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=30, default="new")
    status_at = models.DateTimeField(null=True, blank=True)
    task_id = models.CharField(max_length=64, blank=True, default="")
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "ticket"
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="ticket_priority_known"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="ticket_revision_positive"),
            models.CheckConstraint(
                condition=Q(updated_at__gte=models.F("created_at")), name="ticket_updated_later"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="ticket_by_status"),
            models.Index(fields=["category", "-id"], name="ticket_by_category"),
        ]

    def __str__(self) -> str:
        return self.ticket_id


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Return where a file lies: by its own id, never by the name that the uploader chose."""
    return f"{attachment.id.hex[:2]}/{attachment.id.hex}"


class Attachment(models.Model):
    """A file that belongs to a ticket."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.ForeignKey(HelpDeskTicket, models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=attachment_path)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename


class StatusChange(models.Model):
    """One status update that the Workflow API sent and that was not older than the last one."""

    ticket = models.ForeignKey(HelpDeskTicket, models.CASCADE, related_name="status_history")
    status = models.CharField(max_length=30)
    task_id = models.CharField(max_length=64, blank=True, default="")
    updated_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "updated_at", "status", "task_id"],
                name="status_change_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} at {self.updated_at:%Y-%m-%d %H:%M:%S}"
