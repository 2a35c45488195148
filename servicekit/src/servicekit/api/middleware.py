"""What every answer carries: X-Request-ID (as every log line of its work), and security headers."""

import contextlib
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

from servicekit import logs

from .limits import UNCOUNTED, UNLIMITED

CHUNK_BYTES = 256 * 1024
MOST_BYTES = 16 * 1024 * 1024  # the gateway takes bodies of 12 MB
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
# The admin's theme runs Alpine, which evaluates the expressions in its attributes.
PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

log = structlog.get_logger(__name__)


class RequestIdMiddleware:
    """Adopt the caller's request id or make one, and log under it how the request was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its id."""
        value = logs.adopt_request_id(request.headers.get("X-Request-ID"))
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = value
        if not request.path_info.startswith((*UNLIMITED, *UNCOUNTED)):
            log.info(
                "request_answered",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000),
            )
        return response


class PermanentRedirect(HttpResponsePermanentRedirect):
    status_code = 308  # after a 301 a client asks again by GET and without the body


class SlashMiddleware(CommonMiddleware):
    """Send who left out the last slash of an address there, with method and body."""

    response_redirect_class = PermanentRedirect


class WholeBodyMiddleware:
    """Take in what a view has left unread of a body.

    A server that answers and hangs up on the rest makes the gateway say 503 in place of the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer when all of the request is here, or more of it than the gateway lets through."""
        response = self.get_response(request)
        with contextlib.suppress(OSError, ValueError):  # gone, or closed already
            taken = 0
            while taken < MOST_BYTES and (chunk := request.read(CHUNK_BYTES)):
                taken += len(chunk)
        return response


class SecurityHeadersMiddleware:
    """Say what a browser may do with an answer: with JSON nothing, with a page what it needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with a policy, unless the view has set one."""
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        response.headers.setdefault("Content-Security-Policy", PAGE if is_page else NO_PAGE)
        return response
