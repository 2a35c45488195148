"""Bearer tokens: RS256 only, verified with Auth's published keys; every fault is a 401."""

import time
from collections.abc import Collection
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from servicekit.errors import TokenExpired, Unauthenticated

from . import compact
from .keys import KeyCache, keys
from .principal import Principal
from .revoked import revocations

ALGORITHM = "RS256"
LEEWAY_S = 30
FORBIDDEN_HEADERS = {"jku", "jwk", "x5u", "x5c", "crit"}
MAX_TOKEN_CHARS = 16_384


def verify(
    token: str, *, audiences: Collection[str] = (), cache: KeyCache = keys
) -> dict[str, Any]:
    """Return the claims of a good token; raises TokenExpired or Unauthenticated, nothing else.

    It must be for this service, or for one of `audiences` where they are given.
    """
    if len(token) > MAX_TOKEN_CHARS:
        raise Unauthenticated("The token is too long.")
    try:
        header, body, signature, signed = compact.parts(token)
        key = _key_of(compact.header_of(header), cache)
        if not compact.is_signed(signed, signature, key=key):
            raise Unauthenticated("The token is not valid.")
        claims, wanted = compact.claims_of(body), settings.TOKENS
        compact.check_claims(
            claims,
            audiences=tuple(audiences) or (wanted["AUDIENCE"], settings.SERVICE_NAME),
            issuer=wanted["ISSUER"],
            now=time.time(),
            leeway=LEEWAY_S,
        )
    except compact.Expired as exc:
        raise TokenExpired from exc
    except compact.Malformed as exc:
        raise Unauthenticated("The token is not valid.") from exc
    return claims


def _key_of(header: dict[str, Any], cache: KeyCache) -> RSAPublicKey:
    if header.get("alg") != ALGORITHM or not FORBIDDEN_HEADERS.isdisjoint(header):
        raise Unauthenticated("The token is not acceptable.")
    found = cache.find(str(header.get("kid", "")))
    if found is None or not isinstance(found.key, RSAPublicKey):
        raise Unauthenticated("The token is signed with an unknown key.")
    return found.key


def principal_of(token: str) -> Principal:
    """Return who a good token speaks for; raises TokenExpired or Unauthenticated."""
    return speaker_of(verify(token))


def speaker_of(claims: dict[str, Any]) -> Principal:
    """Return who verified claims speak for; raises TokenExpired or Unauthenticated."""
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
