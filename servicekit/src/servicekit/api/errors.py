"""One error body for everything; see contracts.md, section 2. Never HTML, never a stack trace."""

import sys
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from servicekit.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)

RETRY_AFTER_S = 5
_RACES = {"40001", "40P01", "55P03"}  # serialization, deadlock, lock timeout

log = structlog.get_logger(__name__)


class MethodNotAllowed(DomainError):
    code = "METHOD_NOT_ALLOWED"
    status = 405
    message = "This method is not allowed here."


class NotAcceptable(DomainError):
    code = "NOT_ACCEPTABLE"
    status = 406
    message = "This address does not answer in a media type that you accept."


class UnsupportedMediaType(DomainError):
    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415
    message = "This media type is not accepted here."


def error_body(exc: DomainError) -> dict[str, Any]:
    """Return the body of an error answer."""
    return {
        "error": exc.sentence,
        "code": exc.code,
        "details": exc.details,
        "timestamp": timezone.now().isoformat().replace("+00:00", "Z"),
    } | {name: exc.params[name] for name in exc.beside_details if name in exc.params}


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER; None lets Django answer 500 and log the trace."""
    error = as_domain_error(exc)
    if error is None:
        return None
    set_rollback()
    return Response(error_body(error), status=error.status, headers=_headers(error))


def as_domain_error(exc: Exception) -> DomainError | None:
    """Translate what Django, DRF and the database raise; None for a fault of ours."""
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, OperationalError | InterfaceError):
        return _of_database(exc)
    if isinstance(exc, exceptions.ValidationError):
        return Invalid("Some fields are not valid.", errors=_flat(exc.detail))
    if isinstance(exc, exceptions.Throttled):
        return RateLimited(retry_after=int(getattr(exc, "wait", None) or 1))
    return next((make(exc) for kinds, make in _TRANSLATIONS if isinstance(exc, kinds)), None)


def _not_storable(exc: Exception) -> DomainError:
    log.error("value_not_storable", error=repr(exc))  # an input lets through what a column does not
    return Invalid("A value is outside of what can be stored.")


_Made = Callable[[Exception], DomainError]
_TRANSLATIONS: list[tuple[tuple[type[Exception], ...], _Made]] = [
    (
        (exceptions.NotAuthenticated, exceptions.AuthenticationFailed),
        lambda exc: Unauthenticated(str(exc)),
    ),
    ((exceptions.PermissionDenied, PermissionDenied), lambda _: Forbidden()),
    ((exceptions.NotFound, Http404), lambda _: NotFound()),
    ((exceptions.MethodNotAllowed,), lambda _: MethodNotAllowed()),
    ((exceptions.NotAcceptable,), lambda _: NotAcceptable()),
    ((exceptions.UnsupportedMediaType,), lambda exc: UnsupportedMediaType(str(exc))),
    ((DataError,), _not_storable),
    ((RequestDataTooBig,), lambda _: Invalid("The body is too large.", field="body")),
    ((exceptions.ParseError,), lambda exc: Invalid(str(exc), field="body")),
    ((SuspiciousOperation,), lambda _: Invalid("The request is not valid.")),
]


def _of_database(exc: Exception) -> DomainError:
    if getattr(exc.__cause__, "sqlstate", None) in _RACES:
        return Conflict("Somebody else is changing this right now; try again.")
    log.error("database_unavailable", error=repr(exc))
    return Unavailable(retry_after=RETRY_AFTER_S)


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    if isinstance(detail, dict):
        return {
            name: texts
            for key, value in detail.items()
            for name, texts in _flat(value, f"{path}.{key}" if path else str(key)).items()
        }
    if isinstance(detail, list) and any(isinstance(item, dict) for item in detail):
        return _flat({str(index): item for index, item in enumerate(detail) if item}, path)
    texts = [str(item) for item in detail] if isinstance(detail, list) else [str(detail)]
    return {path.removesuffix(".non_field_errors") or "body": texts}


def _headers(error: DomainError) -> dict[str, str]:
    headers = {"WWW-Authenticate": 'Bearer realm="tts"'} if error.status == 401 else {}
    if "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    return headers


def as_answer(error: DomainError) -> JsonResponse:
    """Return the answer that an error is, outside of DRF."""
    return JsonResponse(error_body(error), status=error.status, headers=_headers(error))


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler400 of every service."""
    return as_answer(Invalid("The request is not valid."))


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler403 of every service."""
    return as_answer(Forbidden())


def page_not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler404 of every service."""
    return as_answer(NotFound())


class InternalError(DomainError):
    code = "INTERNAL_ERROR"
    status = 500
    message = "Something went wrong on our side; the request id leads to it in the logs."


def server_error(request: HttpRequest) -> JsonResponse:
    """handler500 of every service; a database that is away makes it a 503."""
    current = sys.exc_info()[1]
    if isinstance(current, OperationalError | InterfaceError):
        return as_answer(Unavailable(retry_after=RETRY_AFTER_S))
    return as_answer(InternalError())
