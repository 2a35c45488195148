"""What Auth has said about tokens that are still signed but no longer good."""

from django.db import models


class Revocation(models.Model):
    """Tokens of a session, or without one all of a person's whose `ver` is below `version`."""

    user_id = models.BigIntegerField()
    session_id = models.CharField(max_length=64, blank=True, default="")
    version = models.BigIntegerField(default=0)
    revoked_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "session_id"], name="revocation_once")
        ]
