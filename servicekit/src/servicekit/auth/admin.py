"""Django admin with the Auth account: one sign-in, no second password.

Put `servicekit.auth.admin.AuthServiceBackend` into AUTHENTICATION_BACKENDS.
"""

import httpx
import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest

from servicekit.api.addresses import address_of
from servicekit.errors import Unauthenticated

from .bearer import principal_of

TIMEOUT_S = 5.0
log = structlog.get_logger(__name__)


class AuthServiceBackend(ModelBackend):
    """Asks Auth for a token with the given password; admits administrators of tts.

    The local row is a shadow without a usable password, there for the admin's history.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> User | None:
        """Return the shadow user of an administrator, None for anybody else."""
        token = _sign_in(username, password, address=address_of(request) if request else None)
        try:
            principal = principal_of(token) if token else None
        except Unauthenticated:
            principal = None
        if principal is None or not principal.is_admin():
            return None
        user, is_new = get_user_model().objects.update_or_create(
            username=principal.username,
            defaults={"email": principal.email, "is_staff": True, "is_superuser": True},
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user


def _sign_in(username: str | None, password: str | None, *, address: str | None) -> str | None:
    # Auth counts failures by the address of the person, not by ours.
    headers = {"X-Forwarded-For": address} if address else {}
    try:
        answer = httpx.post(
            f"{settings.AUTH_URL}/token/",
            json={"username": username, "password": password},
            headers=headers,
            timeout=TIMEOUT_S,
        )
        token = answer.json().get("access") if answer.status_code == 200 else None
    except (httpx.HTTPError, ValueError) as exc:
        log.warning("admin_sign_in_failed", error=repr(exc))
        return None
    return str(token) if token else None
