"""Keys of machines: API keys and service clients. Secrets are kept as SHA-256 only."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Kind(models.TextChoices):
    """How a machine shows who it is."""

    API_KEY = "api_key", "API key"
    SERVICE_CLIENT = "service_client", "Service client"


class Credential(models.Model):
    """A machine that may ask for tokens; `public_id` is a client's id, or how a key begins."""

    kind = models.CharField(max_length=16, choices=Kind)
    public_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    audiences = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="credential_kind_known"),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")),
                name="credential_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Secret(models.Model):
    """One secret of a credential; a rotated one is good until `valid_until`."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="secrets")
    secret_sha256 = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credential"],
                condition=Q(valid_until=None),
                name="secret_one_current_per_credential",
            ),
        ]
