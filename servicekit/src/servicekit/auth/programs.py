"""Programs that come with an API key, which the settings know by name and SHA-256 (API_KEYS)."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from servicekit.errors import Unauthenticated

HEADER = "X-API-Key"


@dataclass(frozen=True)
class Program:
    """A program that holds one of our API keys."""

    name: str

    is_authenticated = True  # what Django and DRF ask of a user

    @property
    def key(self) -> str:
        """Return what tells callers apart."""
        return f"api-key:{self.name}"


def program_of(request: HttpRequest) -> Program | None:
    """Return whose key a request carries; looks at every known key, in constant time each."""
    given = sha256(request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")).hexdigest()
    known: dict[str, str] = getattr(settings, "API_KEYS", {})
    names = [name for name, stored in known.items() if hmac.compare_digest(stored, given)]
    return Program(names[0]) if names else None


class ApiKeyAuthentication(BaseAuthentication):
    """`X-API-Key: …` → Program."""

    def authenticate(self, request: Request) -> tuple[Program, None] | None:
        """Return which program calls, None without the header; raises Unauthenticated."""
        if not request.headers.get(HEADER):
            return None
        program = program_of(request._request)
        if program is None:
            raise Unauthenticated("The API key is not known.")
        return program, None

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge, so that DRF answers 401 and not 403."""
        return 'ApiKey realm="tts"'
