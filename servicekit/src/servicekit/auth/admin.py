"""Django admin with the Auth account: one sign-in, no second password.

Put `servicekit.auth.admin.AuthServiceBackend` into AUTHENTICATION_BACKENDS and
`servicekit.auth.admin_form.TwoStepForm` into UNFOLD["LOGIN"]["form"].
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from . import remote
from .principal import Principal
from .revoked import revocations

KEPT = "auth_principal"  # in the session: whose it is at Auth, so that it ends when that does
IDLE_S = 15 * 60  # revocations are remembered a little longer
LOOK_EVERY_S = 60


class AuthServiceBackend(ModelBackend):
    """Asks Auth for a token with what was typed; admits administrators of tts.

    The local row is a shadow without a usable password, there for the admin's history.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Return the shadow user of an administrator.

        `otp_session` and `code` instead of name and password complete what began with these.
        Raises CodeWanted, NotAdmitted.
        """
        if request is None:
            return None
        if "otp_session" in credentials:
            return _shadow(remote.second_step(request, **credentials))
        if not username or not password:
            return None
        return _shadow(remote.first_step(request, name=username, password=password))


def _shadow(who: Principal) -> User:
    user, is_new = auth.get_user_model().objects.update_or_create(
        username=who.username,
        defaults={"email": who.email, "is_staff": True, "is_superuser": True},
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    user.principal = who  # type: ignore[attr-defined]  # for the session, see `keep`
    return user


def keep(request: HttpRequest, who: Principal) -> None:
    """Remember in the session, which must be nobody's yet, whose it is at Auth."""
    request.session[KEPT] = {
        "user_id": who.user_id,
        "username": who.username,
        "session_id": who.session_id,
        "version": who.version,
        "seen_at": time.time(),
    }


class AdminSessionMiddleware:
    """End the session of who lost the account, the role or the sign-in, within seconds.

    Who does nothing for fifteen minutes signs in again: later than that nobody knows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request of a session that still stands, or as for nobody."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and KEPT in request.session:
            _check(request)
        return self.get_response(request)


def _check(request: HttpRequest) -> None:
    kept: dict[str, Any] = dict(request.session[KEPT])
    idle_s = time.time() - kept.pop("seen_at")
    who = Principal(**kept)
    if idle_s > IDLE_S or revocations.cover(who):
        auth.logout(request)
    elif idle_s > LOOK_EVERY_S:
        keep(request, who)
