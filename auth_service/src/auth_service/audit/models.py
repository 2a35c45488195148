"""What happened to accounts, roles and sessions: who did it, when, from where."""

from django.db import models


class AuditEntry(models.Model):
    """One event. The table refuses updates and deletes (see the trigger in its migration)."""

    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150, blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=64, blank=True, default="")
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_subject"),
            models.Index(fields=["actor_id", "id"], name="audit_actor"),
            models.Index(fields=["action", "id"], name="audit_action"),
        ]
