"""Key pairs: made, sealed for the database, published. Pure, apart from randomness."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from servicekit.errors import Unavailable

BITS = 3072
NONCE_BYTES = 12


class KeySealBroken(Unavailable):
    """The secret in the settings is not the one that the key was sealed with."""

    message = "Signing key {kid} cannot be opened with SIGNING_KEY_SECRET."


@dataclass(frozen=True, kw_only=True)
class Key:
    """A published key; it signs from `signs_from` until a younger one does."""

    kid: str
    signs_from: datetime
    published_until: datetime | None
    sealed_private_key: bytes
    public_jwk: dict[str, Any]


def new_private_key() -> RSAPrivateKey:
    """Make a key; takes about half a second."""
    return generate_private_key(public_exponent=65537, key_size=BITS)


def jwk(public: RSAPublicKey) -> dict[str, Any]:
    """The public half as RFC 7517 has it; its `kid` is the thumbprint of RFC 7638."""
    numbers = public.public_numbers()
    required = {"e": _base64(numbers.e), "kty": "RSA", "n": _base64(numbers.n)}
    canonical = json.dumps(required, separators=(",", ":"), sort_keys=True).encode()
    kid = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()
    return required | {"alg": "RS256", "use": "sig", "kid": kid}


def seal(private: RSAPrivateKey, *, kid: str, secret: str) -> bytes:
    """Encrypt a private key with AES-256-GCM, bound to its kid."""
    plain = private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_derived(secret)).encrypt(nonce, plain, kid.encode())


def unseal(sealed: bytes, *, kid: str, secret: str) -> RSAPrivateKey:
    """Decrypt a private key. Raises KeySealBroken."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        plain = AESGCM(_derived(secret)).decrypt(nonce, rest, kid.encode())
    except InvalidTag as broken:
        raise KeySealBroken(kid=kid) from broken
    private = serialization.load_der_private_key(plain, password=None)
    if not isinstance(private, RSAPrivateKey):
        raise KeySealBroken(kid=kid)
    return private


def signing(keys: list[Key], *, at: datetime) -> Key | None:
    """The key that signs at that time: of those that have begun, the youngest."""
    begun = [key for key in keys if key.signs_from <= at]
    return max(begun, key=lambda key: key.signs_from, default=None)


def published(keys: list[Key], *, at: datetime) -> list[Key]:
    """The keys whose signatures are good at that time, those that will sign next included."""
    return [key for key in keys if key.published_until is None or at < key.published_until]


def _base64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _derived(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"tts signing key").derive(secret.encode())
