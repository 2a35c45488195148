"""The delivery log: every mail that was asked for, and what became of it."""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    HELD = "held", "Waits for the digest"
    BUNDLED = "bundled", "Went out in a digest"
    SUPPRESSED = "suppressed", "Not wanted by the recipient"


class Email(models.Model):
    """One mail, rendered when it was asked for.

    `next_attempt_at` is when a queued mail is due, when the lease of one being sent ends, or when
    the digest goes out that a held one waits for;
    `message_id` stays the same over all attempts, so that a mail server can drop a second copy.
    """

    recipient = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=300, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    notification_type = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    message_id = models.CharField(max_length=200, unique=True)
    source = models.CharField(max_length=150)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="bundled"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="email_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.BUNDLED, digest__isnull=False)
                | (~Q(state=State.BUNDLED) & Q(digest__isnull=True)),
                name="email_bundled_has_digest",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="email_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=[State.QUEUED, State.SENDING]),
                name="email_due",
            ),
            models.Index(
                fields=["next_attempt_at"], condition=Q(state=State.HELD), name="email_held"
            ),
            models.Index(fields=["-id"], condition=Q(state=State.FAILED), name="email_failed"),
            models.Index(fields=["recipient", "-id"], name="email_of_recipient"),
            models.Index(fields=["user_id", "-id"], name="email_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_type} to {self.recipient}: {self.subject}"
