"""Bearer tokens: RS256 only, verified with Auth's published keys; every fault is a 401."""

from typing import Any

import jwt
from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from servicekit.errors import TokenExpired, Unauthenticated

from .keys import KeyCache, keys
from .principal import Principal

ALGORITHM = "RS256"
LEEWAY_S = 30
REQUIRED = ["exp", "iat", "nbf", "aud", "iss", "sub", "jti"]
FORBIDDEN_HEADERS = {"jku", "jwk", "x5u", "x5c", "crit"}
MAX_TOKEN_CHARS = 16_384


def verify(token: str, *, audience: str | None = None, cache: KeyCache = keys) -> dict[str, Any]:
    """Return the claims of a good token; raises TokenExpired or Unauthenticated, nothing else."""
    if len(token) > MAX_TOKEN_CHARS:
        raise Unauthenticated("The token is too long.")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != ALGORITHM or FORBIDDEN_HEADERS & header.keys():
            raise Unauthenticated("The token is not acceptable.")
        key = cache.find(str(header.get("kid", "")))
        if key is None:
            raise Unauthenticated("The token is signed with an unknown key.")
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[ALGORITHM],
            audience=audience or settings.TOKENS["AUDIENCE"],
            issuer=settings.TOKENS["ISSUER"],
            leeway=LEEWAY_S,
            options={"require": REQUIRED},
        )
    except jwt.ExpiredSignatureError as exc:
        raise TokenExpired from exc
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError) as exc:
        raise Unauthenticated("The token is not valid.") from exc
    return claims


def principal_of(token: str) -> Principal:
    """Return who a good token speaks for; raises TokenExpired or Unauthenticated."""
    claims = verify(token)
    try:
        return Principal.of_claims(claims)
    except (KeyError, TypeError, ValueError, OverflowError) as exc:
        raise Unauthenticated("The token is not valid.") from exc


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` → (Principal, token)."""

    def authenticate(self, request: Request) -> tuple[Principal, str] | None:
        """Return who calls, None without the header; raises Unauthenticated."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("Send `Authorization: Bearer <token>`.")
        return principal_of(token.strip()), token.strip()

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge, so that DRF answers 401 and not 403."""
        return 'Bearer realm="tts"'
