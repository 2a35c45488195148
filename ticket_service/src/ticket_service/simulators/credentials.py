"""Who may talk to the simulators: an API key for the AMS, client credentials for the BMS."""

import base64
import binascii
import secrets
from typing import Any

from django.conf import settings
from django.core import signing

from .answers import Answer

TOKEN_LIFETIME_S = 3600
SALT = "ticket_service.simulators.bms"
UNAUTHORIZED = Answer(401, {"error": "invalid_token"})


def is_ams_key(key: str) -> bool:
    """Whether this is the API key of the AMS; an unset key lets nobody in."""
    return _same(key, settings.AMS_API_KEY)


def is_bms_token(authorization: str) -> bool:
    """Whether the Authorization header carries a bearer token of ours that has not expired."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return False
    try:
        claims = signing.loads(token.strip(), salt=SALT, max_age=TOKEN_LIFETIME_S)
    except signing.BadSignature:
        return False
    return bool(claims == {"client_id": settings.BMS_CLIENT_ID})


def grant(*, authorization: str, form: dict[str, Any]) -> Answer:
    """Answer a token request (RFC 6749, section 4.4); the client comes by Basic or in the form."""
    if form.get("grant_type") != "client_credentials":
        return Answer(400, {"error": "unsupported_grant_type"})
    client_id, secret = _basic(authorization) or (
        str(form.get("client_id", "")),
        str(form.get("client_secret", "")),
    )
    known = _same(client_id, settings.BMS_CLIENT_ID) & _same(secret, settings.BMS_CLIENT_SECRET)
    if not known:
        return Answer(401, {"error": "invalid_client"})
    token = signing.dumps({"client_id": client_id}, salt=SALT)
    return Answer(
        200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIFETIME_S}
    )


def _basic(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    client_id, _, secret = text.partition(":")
    return client_id, secret


def _same(given: str, expected: str) -> bool:
    return bool(expected) and secrets.compare_digest(_bytes(given), _bytes(expected))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
