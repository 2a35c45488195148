"""People who are not here yet: those who were invited and those who asked."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from auth_service.access.models import Role


class Invitation(models.Model):
    """An address that may become an account with these roles; the token is kept as a hash."""

    class State(models.TextChoices):
        PENDING = "pending"
        ACCEPTED = "accepted"
        REVOKED = "revoked"
        EXPIRED = "expired"

    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    roles = models.ManyToManyField(Role, blank=True, related_name="+")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(state="pending"),
                name="invitation_one_pending_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "accepted", "revoked", "expired"]),
                name="invitation_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="invitation_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Registration(models.Model):
    """Somebody who asked for an account; it opens nothing before an administrator approves."""

    class State(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        REJECTED = "rejected"

    username = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    password = models.CharField(max_length=128)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(state="pending"),
                name="registration_one_pending_per_address",
            ),
            models.UniqueConstraint(
                Lower("username"),
                condition=models.Q(state="pending"),
                name="registration_one_pending_per_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state="pending", decided_at=None)
                | models.Q(state__in=["approved", "rejected"], decided_at__isnull=False),
                name="registration_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} <{self.email}>"
