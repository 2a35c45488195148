"""Alerts that people see in the application, and each person's mailbox of them."""

from django.db import models
from django.db.models import F, Q


class Mailbox(models.Model):
    """One person's counters; its row lock gives alerts a sequence in the order of commit."""

    user_id = models.BigIntegerField(primary_key=True)
    head_seq = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    unread = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unread__gte=0) & Q(unread__lte=F("total")), name="mailbox_unread_fits"
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox of user {self.user_id}"


class AlertQuerySet(models.QuerySet["InAppNotification"]):
    """Alerts whose number may be known without counting them."""

    known_count: int | None = None

    def count(self) -> int:
        """Return the number that was given, or count."""
        return super().count() if self.known_count is None else self.known_count


class InAppNotification(models.Model):
    """One alert for one person."""

    user_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    subject = models.CharField(max_length=200)
    message = models.TextField()
    notification_type = models.CharField(max_length=50)
    is_read = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    related_task_id = models.CharField(max_length=50, blank=True)
    related_ticket_number = models.CharField(max_length=100, blank=True)
    metadata = models.JSONField(default=dict, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "seq"], name="alert_one_seq_per_user"),
            models.CheckConstraint(
                condition=Q(is_read=True, read_at__isnull=False)
                | Q(is_read=False, read_at__isnull=True),
                name="alert_read_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "-id"], name="alert_of_user"),
            models.Index(
                fields=["user_id", "-id"], condition=Q(is_read=False), name="alert_unread_of_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notification_type} for user {self.user_id}: {self.subject}"
