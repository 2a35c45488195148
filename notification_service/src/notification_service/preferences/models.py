"""What a person wants to hear of, by which channel, and when."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from .digest import EVERY


class Preference(models.Model):
    """One person's choices; a type that `channels` does not name uses every channel.

    `email` is the address in the person's last token, by which mails without a user id find
    their preferences. Quiet hours are local times in `timezone`; from > to spans midnight.
    `digest_at` is the local time of a daily digest.
    """

    user_id = models.BigIntegerField(primary_key=True)
    email = models.EmailField(max_length=254, blank=True)
    channels = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    digest = models.CharField(max_length=10, default="off")
    digest_at = models.TimeField(default=time(8))
    timezone = models.CharField(max_length=64, default="UTC")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__in=EVERY), name="preference_digest_known"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False)
                & ~Q(quiet_from=F("quiet_to")),
                name="preference_quiet_both_or_none",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="preference_of_address")]

    def __str__(self) -> str:
        return f"preferences of user {self.user_id}"
