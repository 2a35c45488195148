"""Signing keys, sessions (one per sign-in) and the chain of refresh tokens in each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SigningKey(models.Model):
    """An RS256 key pair: published from the start, signing from `signs_from` until replaced."""

    kid = models.CharField(max_length=64, unique=True)
    sealed_private_key = models.BinaryField()
    public_jwk = models.JSONField()
    created_at = models.DateTimeField()
    signs_from = models.DateTimeField()
    published_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_until=None) | Q(published_until__gt=F("signs_from")),
                name="signing_key_outlives_its_start",
            ),
        ]


class End(models.TextChoices):
    """Why a session is over before its time."""

    SIGNED_OUT = "signed_out", "Signed out"
    REUSE = "reuse", "A spent refresh token came back"
    DEACTIVATED = "deactivated", "The account was deactivated"
    PASSWORD = "password", "The password was changed"
    ADMIN = "admin", "Ended by an administrator"


class Session(models.Model):
    """One sign-in: the family of its refresh tokens. Its id is the `sid` of the access tokens.

    `proved_at`: when the password was last shown. `is_limited`: a role of the person demands a
    second factor and there is none yet, so that it opens nothing but the way to set one up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions"
    )
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=16, choices=End, blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=256, blank=True)
    proved_at = models.DateTimeField(null=True)
    is_limited = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at=None), name="session_open_of_user"),
            models.Index(fields=["expires_at"], name="session_expires_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=End.values),
                name="session_ends_with_a_reason",
            ),
        ]


class RefreshToken(models.Model):
    """One link of a family: good for one use. Only the SHA-256 of the token is kept."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="refresh_tokens")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(used_at=None),
                name="refresh_token_one_unspent_per_session",
            ),
        ]
