"""The audit trail: rows that can only be added, each sealed over the one before; their anchors."""

from django.db import models
from django.db.models import Q

TASK_PREFIX = "task:"  # of the subject, before the task id
BY_SOMEBODY = Q(user_id__isnull=False)


class AuditRow(models.Model):
    """One change of one subject: who, when, from where, from what to what.

    `subject` names the chain (`task:T-1`, `workflow:3`); `seq` counts within it from 1. A trigger
    refuses UPDATE, DELETE and TRUNCATE.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=80)
    seq = models.IntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    task_id = models.CharField(max_length=40, blank=True, default="")
    field = models.CharField(max_length=60, blank=True, default="")
    old_value = models.JSONField(null=True)
    new_value = models.JSONField(null=True)
    details = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    user_full_name: str = ""  # what they are called today, for who lists rows; not stored

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="audit_one_row_per_seq"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_seq_from_one"),
        ]
        indexes = [
            # What nobody did, as all of an intake, costs only the last two
            models.Index(
                fields=["user_id", "-at", "-id"], condition=BY_SOMEBODY, name="audit_of_person"
            ),
            models.Index(
                fields=["user_id", "action", "-at", "-id"],
                condition=BY_SOMEBODY,
                name="audit_of_persons_action",
            ),
            models.Index(fields=["action", "-at", "-id"], name="audit_action_time"),
            models.Index(fields=["-at", "-id"], name="audit_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}#{self.seq} {self.action}"


class AuditAnchor(models.Model):
    """That the rows up to `last_id`, after those of the anchor before, were these.

    One for each closed UTC day, empty days included; `root` is their Merkle root in the order of
    ids. Append-only like the rows.
    """

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField()
    last_id = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    anchored_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day"], name="audit_one_anchor_a_day"),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_anchors_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.rows} rows"
