"""The sign-in of the Django admin: the same check, limits and audit as everywhere."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from auth_service.accounts.models import User
from auth_service.second_factor import challenges
from servicekit.auth import remote

from . import services
from .authentication import client
from .selectors import SecondFactorRequired
from .sessions import Client
from .steps import OtpRequired


class PasswordBackend(BaseBackend):
    """Accounts of this service; who may use the admin is said by `User.is_staff`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Return the active person.

        `otp_session` and `code` instead of name and password complete what began with these.
        Raises what the form of the admin pages knows: CodeWanted, AttemptOver, DomainError.
        """
        given = credentials | {"name": username, "password": password}
        try:
            return _admitted(client(request) if request else Client(), **given)
        except OtpRequired as wanted:
            raise remote.CodeWanted(**wanted.params) from wanted
        except challenges.AttemptOver as over:
            raise remote.AttemptOver(over.sentence) from over
        except SecondFactorRequired as needed:
            raise remote.FactorNeeded from needed

    def get_user(self, user_id: int) -> User | None:
        """Return the active person of an admin session."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def _admitted(
    where: Client, *, name: str | None, password: str | None, otp_session: str = "", code: str = ""
) -> User | None:
    at = timezone.now()
    if otp_session:
        return services.finish_admin_sign_in(
            otp_session=otp_session, code=code, client=where, at=at
        )
    if not name or password is None:
        return None
    return services.admit_to_admin(name=name, password=password, client=where, at=at)
