"""From where a request comes, for the trail that its work leaves."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from workflow_api.audit.services import client_address


class ClientAddressMiddleware:
    """Keep the caller's address while the request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its address."""
        token = client_address.set(address_of(request))
        try:
            return self.get_response(request)
        finally:
            client_address.reset(token)


def address_of(request: HttpRequest) -> str | None:
    """Return the address that the outermost trusted proxy saw (it overwrites the header)."""
    proxies = int(settings.REST_FRAMEWORK["NUM_PROXIES"])
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and hops[-1]:
        return hops[-min(proxies, len(hops))]
    return request.META.get("REMOTE_ADDR") or None
