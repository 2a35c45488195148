"""Keys: sealed, published ahead of time, retired when nothing valid is signed with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.core.management import CommandError, call_command

from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.tokens import keyring, keys
from auth_service.tokens.claims import ACCESS_LIFETIME
from auth_service.tokens.keyring import REREAD_AFTER, Keyring, RotationPending
from auth_service.tokens.models import SigningKey
from servicekit.auth.keys import FRESH_S

LEEWAY = timedelta(seconds=30)
RFC_7638_MODULUS = [
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1",
    "L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4",
    "QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbO",
    "pbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF",
    "Cur-kEgU8awapJzKnqDKgw",
]
Person = Callable[..., User]


def small_key() -> keys.RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=1024)


def test_a_sealed_key_opens_with_its_secret_and_its_kid_only() -> None:
    private = small_key()
    sealed = keys.seal(private, kid="k1", secret="right")
    assert keys.unseal(sealed, kid="k1", secret="right").private_numbers() == (
        private.private_numbers()
    )
    for kid, secret in (("k1", "wrong"), ("k2", "right")):
        with pytest.raises(keys.KeySealBroken):
            keys.unseal(sealed, kid=kid, secret=secret)


def test_two_seals_of_one_key_differ_and_do_not_show_it() -> None:
    private = small_key()
    first, second = (keys.seal(private, kid="k1", secret="s") for _ in range(2))
    modulus = private.private_numbers().p.to_bytes(64, "big")
    assert first != second
    assert modulus not in first


def test_the_kid_is_the_thumbprint_of_rfc_7638() -> None:
    public = jwt.algorithms.RSAAlgorithm.from_jwk(
        {
            "kty": "RSA",
            "n": "".join(RFC_7638_MODULUS),
            "e": "AQAB",
        }
    )
    assert isinstance(public, keys.RSAPublicKey)
    assert keys.jwk(public)["kid"] == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.django_db
def test_rotation_never_makes_a_good_token_fail(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    """A verifier that re-reads every 5 min from an Auth process that lags 30 s, over an hour."""
    monkeypatch.setattr(keys, "new_private_key", small_key)
    signer, publisher = Keyring(), Keyring()
    first, _ = signer.signing(at=at)
    cached: set[str] = set()
    refreshed_at = None
    tokens: list[tuple[str, datetime]] = []
    signed_with = set()
    for second in range(0, 3600, 10):
        now = at + timedelta(seconds=second)
        if second == 600:
            keyring.rotate(by=OPERATOR, at=now)
        kid, _ = signer.signing(at=now)
        signed_with.add(kid)
        tokens = [each for each in tokens if now < each[1]] + [(kid, now + ACCESS_LIFETIME)]
        if refreshed_at is None or (now - refreshed_at).total_seconds() >= FRESH_S:
            cached = {each["kid"] for each in publisher.published(at=now)}
            refreshed_at = now
        assert {kid for kid, _ in tokens} <= cached, f"a false 401 at second {second}"
    assert len(signed_with) == 2
    assert kid != first
    assert cached == {kid}


@pytest.mark.django_db
def test_the_next_key_is_published_before_it_signs(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(keys, "new_private_key", small_key)
    ring = Keyring()
    first, _ = ring.signing(at=at)
    new = keyring.rotate(by=OPERATOR, at=at)
    soon = at + REREAD_AFTER
    assert ring.signing(at=soon)[0] == first
    assert {each["kid"] for each in ring.published(at=soon)} == {first, new.kid}
    assert ring.signing(at=new.signs_from)[0] == new.kid


@pytest.mark.django_db
def test_a_second_rotation_waits_for_the_first(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(keys, "new_private_key", small_key)
    Keyring().signing(at=at)
    new = keyring.rotate(by=OPERATOR, at=at)
    with pytest.raises(RotationPending):
        keyring.rotate(by=OPERATOR, at=at + timedelta(minutes=1))
    keyring.rotate(by=OPERATOR, at=new.signs_from)


@pytest.mark.django_db
def test_a_retired_key_is_deleted_after_its_last_token(
    monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(keys, "new_private_key", small_key)
    first, _ = Keyring().signing(at=at)
    new = keyring.rotate(by=OPERATOR, at=at)
    last_token_ends = new.signs_from + REREAD_AFTER + ACCESS_LIFETIME + LEEWAY
    keyring.tend(at=last_token_ends)
    assert SigningKey.objects.filter(kid=first).exists()
    keyring.tend(at=at + timedelta(hours=1))
    assert set(SigningKey.objects.values_list("kid", flat=True)) == {new.kid}


@pytest.mark.django_db
def test_the_command_rotates_and_says_from_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "new_private_key", small_key)
    call_command("rotate_keys", stdout=StringIO())
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert "signs from" in out.getvalue()
    with pytest.raises(CommandError, match="published already"):
        call_command("rotate_keys")


@pytest.mark.django_db
def test_the_private_part_is_not_in_the_database(at: datetime) -> None:
    _, private = Keyring().signing(at=at)
    stored = SigningKey.objects.get()
    prime = private.private_numbers().p.to_bytes(192, "big")
    assert prime not in bytes(stored.sealed_private_key)
    assert set(stored.public_jwk) == {"kty", "n", "e", "alg", "use", "kid"}
