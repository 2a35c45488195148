"""What an access token says: pure, so that every service can be tested against it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

ACCESS_LIFETIME = timedelta(minutes=15)
ALGORITHM = "RS256"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The person a token is for, as they are when it is signed."""

    user_id: int
    username: str
    email: str
    token_version: int
    roles: Iterable[tuple[str, str]]
    permissions: Iterable[str]


def access_claims(
    holder: Holder, *, session: uuid.UUID, issuer: str, audience: str, at: datetime
) -> dict[str, Any]:
    """The claims of a token that is good for 15 minutes from `at`."""
    now = int(at.timestamp())
    return {
        "iss": issuer,
        "sub": str(holder.user_id),
        "aud": audience,
        "exp": now + int(ACCESS_LIFETIME.total_seconds()),
        "iat": now,
        "nbf": now,
        "jti": uuid.uuid4().hex,
        "sid": str(session),
        "ver": holder.token_version,
        "username": holder.username,
        "email": holder.email,
        "roles": [{"system": system, "role": role} for system, role in sorted(holder.roles)],
        "permissions": sorted(set(holder.permissions)),
    }


def signed(claims: dict[str, Any], *, kid: str, key: RSAPrivateKey) -> str:
    """The compact form of a token."""
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid})
