"""Bearer tokens: RS256 only, verified with Auth's published keys; every fault is a 401."""

from typing import Any

import jwt
from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from servicekit.errors import TokenExpired, Unauthenticated

from .keys import KeyCache, keys
from .principal import Principal
from .revoked import revocations

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
            audience=[audience or settings.TOKENS["AUDIENCE"], settings.SERVICE_NAME],
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
        who = Principal.of_claims(claims)
    except (KeyError, TypeError, ValueError, OverflowError) as exc:
        raise Unauthenticated("The token is not valid.") from exc
    if revocations.cover(who):
        raise TokenExpired("The session has ended or its rights have changed; refresh.")
    return who


def claimed_by(request: HttpRequest) -> Principal | Unauthenticated | None:
    """Return whose token a request carries, or what is wrong with it; verified once a request."""
    if not hasattr(request, "_claimed_by"):
        request._claimed_by = _verified(request)  # type: ignore[attr-defined]
    found: Principal | Unauthenticated | None = request._claimed_by  # type: ignore[attr-defined]
    return found


def _verified(request: HttpRequest) -> Principal | Unauthenticated | None:
    scheme, token = _sent(request)
    if not scheme:
        return None
    if scheme.lower() != "bearer" or not token:
        return Unauthenticated("Send `Authorization: Bearer <token>`.")
    try:
        return principal_of(token)
    except Unauthenticated as refused:
        return refused


def _sent(request: HttpRequest) -> tuple[str, str]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme, token.strip()


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` → (Principal, token)."""

    def authenticate(self, request: Request) -> tuple[Principal, str] | None:
        """Return who calls, None without the header; raises Unauthenticated."""
        who = claimed_by(request._request)
        if isinstance(who, Unauthenticated):
            raise who
        return (who, _sent(request._request)[1]) if who else None

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge, so that DRF answers 401 and not 403."""
        return 'Bearer realm="tts"'
