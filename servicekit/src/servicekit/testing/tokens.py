"""Real RS256 tokens from a key of our own, which the verifier is told to believe."""

import time
import uuid
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

KID = "test-key"


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """Return the private key of this test run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def jwks() -> dict[str, Any]:
    """Return the matching published keys."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key(), as_dict=True)
    return {"keys": [public | {"kid": KID, "use": "sig", "alg": "RS256"}]}


def make_token(
    *,
    user_id: int = 1,
    username: str = "l1.ana",
    roles: tuple[tuple[str, str], ...] = (("tts", "L1 Support"),),
    headers: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    """Return an access token as Auth would sign it; `claims` replace its own."""
    now = int(time.time())
    payload = {
        "iss": settings.TOKENS["ISSUER"],
        "aud": settings.TOKENS["AUDIENCE"],
        "sub": str(user_id),
        "iat": now,
        "nbf": now,
        "exp": now + 900,
        "jti": uuid.uuid4().hex,
        "sid": uuid.uuid4().hex,
        "ver": 1,
        "username": username,
        "email": f"{username}@example.com",
        "roles": [{"system": system, "role": role} for system, role in roles],
        "permissions": [],
    }
    return jwt.encode(
        payload | claims, signing_key(), algorithm="RS256", headers={"kid": KID} | (headers or {})
    )
