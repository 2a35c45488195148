"""The ledger of messages received."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

# Before the id of a message that could not be read.
MALFORMED = "malformed:"


class Result(models.TextChoices):
    """What became of a message; `received` means that its work is not finished."""

    RECEIVED = "received"
    DONE = "done"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    UNMATCHED = "unmatched"
    PARKED = "parked"


class InboxMessage(models.Model):
    """One message, by task name and Celery id; redeliveries of it count up `deliveries`.

    `payload` holds the keyword arguments, `raw` the bytes of a body that was no such thing.
    `attempts` counts works begun, and is committed before the work.
    """

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=150)
    message_id = models.CharField(max_length=100)
    queue = models.CharField(max_length=150)
    outcome = models.CharField(max_length=20, choices=Result.choices, default=Result.RECEIVED)
    code = models.CharField(max_length=50, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    subject = models.CharField(max_length=150, default="", blank=True)
    payload = models.JSONField(null=True, blank=True)
    raw = models.BinaryField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    deliveries = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "message_id"], name="inbox_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=Result.values), name="inbox_outcome_known"
            ),
        ]
        indexes = [
            models.Index(fields=["task", "outcome", "-id"], name="inbox_by_outcome"),
            models.Index(
                fields=["task", "subject"],
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                name="inbox_by_beginning",
            ),
            models.Index(fields=["id"], condition=Q(outcome="parked"), name="inbox_parked"),
            BrinIndex(fields=["received_at"], name="inbox_in_time"),
        ]
