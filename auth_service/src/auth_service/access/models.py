"""Systems, the roles in them, and who holds which."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from .rules import qualified


class System(models.Model):
    """A business system whose people and roles are kept here, known by its slug."""

    slug = models.CharField(
        max_length=32, unique=True, validators=[RegexValidator(r"\A[a-z][a-z0-9-]*\Z")]
    )
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    is_builtin = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.slug


class Role(models.Model):
    """A named set of permissions in one system. A retired one stays, so that its end is heard.

    `revoked_up_to`: since its last change the access tokens of its holders up to this id have
    ended; empty when those of all have.
    """

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    permissions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    requires_second_factor = models.BooleanField(default=False, db_default=False, editable=False)
    is_builtin = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(default=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    revoked_up_to = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(revoked_up_to__isnull=False),
                name="role_holders_to_revoke",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "system",
                Lower("name"),
                condition=models.Q(is_active=True),
                name="role_name_once_in_a_system",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system.slug}: {self.name}"

    @property
    def qualified_permissions(self) -> list[str]:
        """The permissions as a token carries them."""
        return [qualified(name, system=self.system.slug) for name in self.permissions]


class Membership(models.Model):
    """A person holds a role; an inactive one grants nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    is_active = models.BooleanField(default=True)
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="membership_once"),
        ]
