"""From where a request comes, for the trail that its work leaves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from servicekit.api.addresses import address_of
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
