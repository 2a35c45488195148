"""What is kept of secrets: the app's one sealed, codes as keyed hashes. Pure but for randomness."""

import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from servicekit.errors import Unavailable

NONCE_BYTES = 12
RECOVERY_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is misread
RECOVERY_CHARS = 10


class FactorSealBroken(Unavailable):
    """The secret in the settings is not the one that the factor was sealed with."""

    message = "The second factor cannot be opened with SIGNING_KEY_SECRET."


def seal(plain: str, *, user_id: int, secret: str) -> bytes:
    """Encrypt the secret of an app with AES-256-GCM, bound to its person."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(_derived(secret, b"tts second factor"))
    return nonce + cipher.encrypt(nonce, plain.encode(), str(user_id).encode())


def unseal(sealed: bytes, *, user_id: int, secret: str) -> str:
    """Decrypt the secret of an app. Raises FactorSealBroken."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    cipher = AESGCM(_derived(secret, b"tts second factor"))
    try:
        return cipher.decrypt(nonce, rest, str(user_id).encode()).decode()
    except InvalidTag as broken:
        raise FactorSealBroken from broken


def code_hmac(code: str, *, scope: str, secret: str) -> bytes:
    """What is kept of a short code: without the key six digits would be found in no time."""
    key = _derived(secret, b"tts one-time codes")
    return hmac.digest(key, f"{scope}:{code}".encode(), hashlib.sha256)


def mailed_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def recovery_code() -> str:
    """Ten random characters in two groups (50 bits)."""
    drawn = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_CHARS))
    return f"{drawn[:5]}-{drawn[5:]}"


def plain_code(typed: str) -> str:
    """A code as people type it, without spaces, dashes and small letters."""
    return "".join(typed.split()).replace("-", "").upper()


def _derived(secret: str, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(secret.encode())
