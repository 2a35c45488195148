"""Signing in at Auth on behalf of somebody who stands at an admin page: at most two steps."""

from typing import Any

import httpx
import structlog
from django.conf import settings
from django.http import HttpRequest

from servicekit.api.addresses import address_of
from servicekit.errors import Unauthenticated

from .bearer import principal_of
from .principal import Principal

TIMEOUT_S = 5.0
log = structlog.get_logger(__name__)


class NotAdmitted(Unauthenticated):
    message = "The name or the password is wrong."


class FactorNeeded(NotAdmitted):
    message = (
        "Your role demands a second factor. Set one up in your profile, at {profile}, then sign in "
        "here."
    )

    def __init__(self) -> None:
        super().__init__(profile=f"{settings.PUBLIC_URL}/profile")


class AttemptOver(NotAdmitted):
    """The second step waited too long or was tried too often: it begins again with the first."""


class CodeWanted(Unauthenticated):
    """The password was right: `otp_session` opens the second step, where `method` says how."""

    code = "OTP_REQUIRED"
    message = "Enter the code of your second factor."


def first_step(request: HttpRequest, *, name: str, password: str) -> Principal:
    """Return the administrator of tts whose name and password these are.

    Raises CodeWanted, NotAdmitted.
    """
    return _admitted(request, _tokens(request, "token/", username=name, password=password))


def second_step(request: HttpRequest, *, otp_session: str, code: str) -> Principal:
    """Return the administrator of tts whose sign-in this code completes.

    Raises NotAdmitted, AttemptOver.
    """
    return _admitted(request, _tokens(request, "token/otp/", otp_session=otp_session, code=code))


def _admitted(request: HttpRequest, tokens: dict[str, Any]) -> Principal:
    who = principal_of(str(tokens.get("access")))
    if who.is_admin():
        return who
    needs_factor = _must_set_up(request, str(tokens["access"]))
    _asked(request, "POST", "logout/", json={"refresh": tokens.get("refresh")})
    if needs_factor:
        raise FactorNeeded
    raise NotAdmitted("Only administrators of tts may use these pages.")


def _must_set_up(request: HttpRequest, access: str) -> bool:
    headers = {"Authorization": f"Bearer {access}"}
    _, status = _asked(request, "GET", "api/v1/2fa/", headers=headers)
    return status.get("required") is True and status.get("method") == "none"


def _tokens(request: HttpRequest, path: str, **body: str) -> dict[str, Any]:
    status, answer = _asked(request, "POST", path, json=body)
    if status == httpx.codes.OK:
        return answer
    if answer.get("code") == CodeWanted.code:
        raise CodeWanted(otp_session=answer["otp_session"], method=answer["method"])
    is_over = "otp_session" in body and answer.get("code") == Unauthenticated.code
    raise (AttemptOver if is_over else NotAdmitted)(str(answer.get("error")))


def _asked(
    request: HttpRequest,
    method: str,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    **body: Any,
) -> tuple[int, dict[str, Any]]:
    # Auth counts failures by the address of the person, and shows them their device.
    about = {"User-Agent": request.headers.get("User-Agent", ""), **(headers or {})}
    if address := address_of(request):
        about["X-Forwarded-For"] = address
    try:
        answer = httpx.request(
            method, f"{settings.AUTH_URL}/{path}", headers=about, timeout=TIMEOUT_S, **body
        )
        found = answer.json() if answer.content else {}
    except (httpx.HTTPError, ValueError) as exc:
        log.warning("admin_sign_in_failed", error=repr(exc))
        raise NotAdmitted("The sign-in service cannot be reached; try again in a moment.") from exc
    return answer.status_code, found if isinstance(found, dict) else {}
