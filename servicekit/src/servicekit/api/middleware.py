"""Every answer carries X-Request-ID, and every log line of its work the same."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from servicekit import logs


class RequestIdMiddleware:
    """Adopt the caller's request id or make one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its id."""
        value = logs.adopt_request_id(request.headers.get("X-Request-ID"))
        response = self.get_response(request)
        response["X-Request-ID"] = value
        return response
