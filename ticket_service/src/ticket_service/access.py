"""Who may use the help desk: its API keys, its own people, and everybody where it stands open."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import BearerAuthentication, Principal
from servicekit.errors import Unauthenticated

HEADER = "X-API-Key"


@dataclass(frozen=True)
class ApiClient:
    """A program that came with an API key."""

    name: str

    is_authenticated = True  # what Django and DRF ask of a user
    is_anonymous = False

    @property
    def pk(self) -> str:
        """Return what tells it from people and from other programs."""
        return f"key:{self.name}"

    @property
    def key(self) -> str:
        """Return the same where requests are remembered by caller."""
        return self.pk


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: …` → (ApiClient, None); HELP_DESK_API_KEYS holds SHA-256 digests by name."""

    def authenticate(self, request: Request) -> tuple[ApiClient, None] | None:
        """Return which program calls, None without the header; raises Unauthenticated."""
        key = request.headers.get(HEADER, "")
        if not key:
            return None
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        for name, known in settings.HELP_DESK_API_KEYS.items():
            if secrets.compare_digest(digest, known):
                return ApiClient(name), None
        raise Unauthenticated("The API key is not known.")

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge, so that DRF answers 401 and not 403."""
        return 'Bearer realm="tts"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Registers itself with drf-spectacular by being defined."""

    target_class = "ticket_service.access.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the security scheme."""
        return {"type": "apiKey", "in": "header", "name": HEADER}


class MayUseHelpDesk(BasePermission):
    """Anybody where HELP_DESK_OPEN is set; else a key, a role in hdts, or an admin of tts.

    A wrong key or token is refused even where the help desk stands open.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may; raises Unauthenticated when nobody says who they are."""
        user = request.user
        if settings.HELP_DESK_OPEN or isinstance(user, ApiClient):
            return True
        if isinstance(user, Principal):
            return user.is_admin() or bool(user.roles_in("hdts"))
        raise Unauthenticated


HELP_DESK_AUTHENTICATION: list[type[BaseAuthentication]] = [
    ApiKeyAuthentication,
    BearerAuthentication,
]
