"""X-API-Key: which program asks for mail."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import Principal
from servicekit.errors import Unauthenticated

from . import keys

HEADER = "X-API-Key"
SCOPE = "notifications:send"


@dataclass(frozen=True)
class Program:
    """A program that holds one of our API keys."""

    name: str
    is_authenticated = True

    @property
    def key(self) -> str:
        """Return what tells callers apart where requests are remembered by caller."""
        return f"api-key:{self.name}"


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: <key>` → Program."""

    def authenticate(self, request: Request) -> tuple[Program, None] | None:
        """Return which program calls, None without the header; raises Unauthenticated."""
        key = request.headers.get(HEADER)
        if key is None:
            return None
        name = keys.owner_of(key, known=settings.NOTIFICATION_API_KEYS)
        if name is None:
            raise Unauthenticated("The API key is not valid.")
        return Program(name), None

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge, so that DRF answers 401 and not 403."""
        return 'ApiKey realm="tts"'


class MaySend(BasePermission):
    """A program with a good API key, or a service client whose token has the scope; no person."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may ask for mail; raises Unauthenticated when nobody calls."""
        if isinstance(request.user, Principal):
            return bool(request.user.client_id) and SCOPE in request.user.permissions
        if not isinstance(request.user, Program):
            raise Unauthenticated(f"Send your API key as {HEADER}, or a service token.")
        return True


def sender_of(request: Request) -> str:
    """Return which program calls; for views behind `MaySend`, where there always is one."""
    caller: object = request.user
    assert isinstance(caller, Program | Principal)
    return caller.key


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Registers itself with drf-spectacular by being defined."""

    target_class = ApiKeyAuthentication
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the security scheme."""
        return {"type": "apiKey", "in": "header", "name": HEADER}
