"""The compact form of a signed token, opened strictly and fast: RS256 and nothing else.

PyJWT walks over every character of a token in Python, twice, which costs three times what the
signature does. Keys are still read by it, signatures checked by cryptography.
"""

import binascii
import json
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

NUMBER = (int, float)
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # not in the stubs
_SHA256, _PKCS1 = hashes.SHA256(), padding.PKCS1v15()


class Malformed(ValueError):
    """This is no token, or not one for us."""


class Expired(ValueError):
    """It was one for us."""


def parts(token: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Return header, claims and signature as they travel, and what is signed. Raises Malformed."""
    try:
        signed, _, signature = token.encode("ascii").rpartition(b".")
    except UnicodeEncodeError as fault:
        raise Malformed("not base64url") from fault
    header, _, claims = signed.partition(b".")
    if not header or not claims or not signature:
        raise Malformed("not three segments")
    return header, claims, signature, signed


@lru_cache(maxsize=64)
def header_of(segment: bytes) -> dict[str, Any]:
    """Return the header, to be read only: all tokens of one key share it. Raises Malformed."""
    return _object(segment)


def claims_of(segment: bytes) -> dict[str, Any]:
    """Return the claims, of which nothing is checked yet. Raises Malformed."""
    return _object(segment)


def is_signed(signed: bytes, signature: bytes, *, key: RSAPublicKey) -> bool:
    """Whether the RS256 signature is of this key. Raises Malformed."""
    try:
        key.verify(_bytes(signature), signed, _PKCS1, _SHA256)
    except InvalidSignature:
        return False
    return True


def check_claims(
    claims: dict[str, Any], *, audiences: tuple[str, ...], issuer: str, now: float, leeway: float
) -> None:
    """Check what every token of ours says; times in seconds. Raises Malformed, Expired."""
    try:
        ends, begins, issued = claims["exp"], claims["nbf"], claims["iat"]
        of, subject, name, audience = claims["iss"], claims["sub"], claims["jti"], claims["aud"]
    except KeyError as fault:
        raise Malformed("a claim is missing") from fault
    if not (type(of) is type(subject) is type(name) is str):
        raise Malformed("a claim is no text")
    if type(ends) not in NUMBER or type(begins) not in NUMBER or type(issued) not in NUMBER:
        raise Malformed("a time is no number")
    if of != issuer or not _is_for(audience, audiences):
        raise Malformed("for somebody else")
    if not (begins <= now + leeway and issued <= now + leeway):
        raise Malformed("not yet")
    if not ends > now - leeway:
        raise Expired("over")


def _is_for(audience: object, wanted: tuple[str, ...]) -> bool:
    if isinstance(audience, str):
        return audience in wanted
    if not isinstance(audience, list) or not all(isinstance(each, str) for each in audience):
        return False
    return any(each in wanted for each in audience)


def _object(segment: bytes) -> dict[str, Any]:
    try:
        text = _bytes(segment).decode()
        value, end = _scan(text, 0)
    except (ValueError, StopIteration, RecursionError) as fault:
        raise Malformed("not JSON") from fault
    if not isinstance(value, dict) or end != len(text):
        raise Malformed("not an object")
    return value


def _bytes(segment: bytes) -> bytes:
    padded = segment.translate(_STANDARD) + _PADDING[len(segment) % 4]
    try:
        decoded = binascii.a2b_base64(padded, strict_mode=True)
    except binascii.Error as fault:
        raise Malformed("not base64url") from fault
    if binascii.b2a_base64(decoded[-(len(decoded) % 3 or 3) :], newline=False) != padded[-4:]:
        raise Malformed("base64url with bits to spare")
    return decoded


_STANDARD = bytes.maketrans(b"-_+/=", b"+/!!!")  # what is base64 but not base64url: refused
_PADDING = (b"", b"===", b"==", b"=")
