"""The sign-in of the Django admin: the same check, limits and audit as everywhere."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from auth_service.accounts.models import User
from servicekit.errors import DomainError

from . import services
from .authentication import client
from .sessions import Client


class PasswordBackend(BaseBackend):
    """Accounts of this service; who may use the admin is said by `User.is_staff`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Return the active person; raises PermissionDenied, after which Django asks no further."""
        if not username or password is None:
            return None
        code = credentials.get("otp_code") or None
        where = client(request) if request else Client()
        try:
            return services.admit_to_admin(
                name=username, password=password, client=where, at=timezone.now(), code=code
            )
        except DomainError as refusal:
            raise PermissionDenied(refusal.sentence) from refusal

    def get_user(self, user_id: int) -> User | None:
        """Return the active person of an admin session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
