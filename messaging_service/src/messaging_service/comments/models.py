"""Comments, what became of them, and the log that sockets read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Visibility(models.TextChoices):
    """Internal comments are for holders of a tts role only."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Comment(models.Model):
    """What somebody wrote about a ticket; `seq` is that of its creation, `root` its thread."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    user_id = models.BigIntegerField()
    username = models.TextField()
    text = models.TextField(blank=True)
    visibility = models.TextField(choices=Visibility.choices, default=Visibility.PUBLIC)
    mentions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replies")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="comment_seq_once"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="comment_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) ^ Q(text=""), name="comment_deleted_is_empty"
            ),
            models.CheckConstraint(
                condition=Q(parent=None, root=None) | Q(parent__isnull=False, root__isnull=False),
                name="comment_reply_has_thread",
            ),
            models.CheckConstraint(
                condition=Q(updated_at__gte=F("created_at")), name="comment_updated_later"
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on ticket {self.ticket_id}"


class Revision(models.Model):
    """A text that an edit or a delete replaced."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="revisions")
    text = models.TextField()
    replaced_by = models.BigIntegerField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"revision {self.pk} of comment {self.comment_id}"


class Rating(models.Model):
    """One person's thumb on a comment."""

    UP, DOWN = 1, -1

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="ratings")
    user_id = models.BigIntegerField()
    value = models.SmallIntegerField()
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user_id"], name="rating_one_per_person"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="rating_up_or_down"),
        ]

    def __str__(self) -> str:
        return f"rating of comment {self.comment_id} by user {self.user_id}"


class Action(models.TextChoices):
    """What happened to a comment."""

    CREATE = "create"
    REPLY = "reply"
    UPDATE = "update"
    DELETE = "delete"
    RATE = "rate"
    ATTACH = "attach_document"


class Event(models.Model):
    """One change of one comment: the log that a client resumes from. Appended, never changed."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    action = models.TextField(choices=Action.choices)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    visibility = models.TextField(choices=Visibility.choices)
    by_user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="event_seq_once"),
            models.CheckConstraint(
                condition=Q(action__in=Action.values), name="event_action_known"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes = [
            models.Index(
                fields=["ticket", "-seq"],
                condition=Q(visibility="public"),
                name="event_public_head",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.seq} on ticket {self.ticket_id}"
