"""The browser's refresh token: an HttpOnly cookie, and the proof that our own page sent it."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from servicekit.errors import Forbidden

from .sessions import Issued

NAME = "tts_refresh"
HEADER = "X-Requested-With"


class ForeignRequest(Forbidden):
    message = "This request must come from the application's own pages (header {header})."


def set_refresh(
    response: HttpResponseBase, issued: Issued, *, request: HttpRequest, at: datetime
) -> None:
    """Give the browser its next refresh token, readable by no script and by this service only."""
    response.set_cookie(
        NAME,
        issued.token,
        max_age=issued.expires_at - at,
        path=_path(request),
        secure=settings.REFRESH_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def clear_refresh(response: HttpResponseBase, *, request: HttpRequest) -> None:
    """Make the browser forget its refresh token."""
    response.delete_cookie(NAME, path=_path(request), samesite="Strict")


def check_own_page(request: HttpRequest) -> None:
    """Refuse what another site made a browser send. Raises ForeignRequest.

    A foreign page cannot set the header without a preflight, and cannot forge its Origin. A program
    that is no browser, and says nothing of where it comes from, was sent by no page.
    """
    origin = request.headers.get("Origin")
    own = {_origin(settings.PUBLIC_URL), f"{request.scheme}://{request.get_host()}"}
    is_browser = origin is not None or "Sec-Fetch-Site" in request.headers
    if is_browser and (HEADER not in request.headers or origin not in {None, *own}):
        raise ForeignRequest(header=HEADER)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _path(request: HttpRequest) -> str:
    return f"{request.META.get('SCRIPT_NAME', '')}/"
