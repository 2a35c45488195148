"""People: who may have an account, and which of its states tokens depend on."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property


class UserManager(BaseUserManager["User"]):
    """Django's own doors (`createsuperuser`, its authentication backends) to the people."""

    def create_superuser(
        self, username: str, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """The first account of an installation; everybody else comes through the services."""
        user = self.model(username=username, email=email, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person. `version` orders what other services hear; `token_version` ends tokens."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=32, blank=True, default="")
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=35, default="en")
    picture_version = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    token_version = models.PositiveBigIntegerField(default=1, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects: ClassVar[UserManager] = UserManager()
    pending_email: str | None = None  # see selectors.with_pending_email

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_once_in_any_case"),
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(
                condition=~models.Q(username__contains="@"), name="user_username_is_no_email"
            ),
        ]

    @property
    def full_name(self) -> str:
        """First and last name, or the user name of somebody who gave neither."""
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def picture(self) -> str | None:
        """The path of the picture; it changes with the picture, so that it may be cached."""
        if not self.picture_version:
            return None
        path = f"/api/v1/users/{self.pk}/picture/?v={self.picture_version}"
        return f"{settings.PUBLIC_PREFIX}{path}"

    @cached_property
    def is_staff(self) -> bool:
        """Whether the Django admin lets this person in: superusers and administrators of tts."""
        return self.is_superuser or (
            self.memberships.filter(
                is_active=True, role__system__slug="tts", role__name="Admin"
            ).exists()
        )

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether this person may use a page of the Django admin; services check the rest."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """Whether this person sees an app in the Django admin."""
        return self.is_active and self.is_staff


class Picture(models.Model):
    """The square that a person shows of themselves, re-encoded by us; 512 px at the most."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="stored_picture"
    )
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)


class PasswordLink(models.Model):
    """A link by which its receiver sets a password, once; only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="password_link_expires_later",
            ),
        ]


class EmailChange(models.Model):
    """An address that a person wants, until its mail box says yes; only the hash of its token."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="email_change_expires_later",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None),
                name="email_change_one_open_per_user",
            ),
        ]
