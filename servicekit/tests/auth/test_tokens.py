"""Only a good RS256 token opens anything; every other is a 401 and never worse."""

import base64
import json
import random
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from rest_framework.test import APIClient

from servicekit.auth.bearer import principal_of, verify
from servicekit.auth.keys import KeyCache
from servicekit.errors import TokenExpired, Unauthenticated
from servicekit.testing.tokens import jwks, make_token, signing_key

TokenFor = Callable[..., str]


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def forged_with_public_key() -> str:
    """HS256 signed with the published key, the classic confusion of algorithms."""
    import hashlib  # noqa: PLC0415
    import hmac  # noqa: PLC0415

    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    public = signing_key().public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    payload = make_token().split(".")[1]
    text = f"{encoded({'alg': 'HS256', 'kid': 'test-key'})}.{payload}"
    signature = hmac.new(pem, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def test_a_good_token_tells_who_calls() -> None:
    principal = principal_of(make_token(user_id=7, username="l2.dee", roles=(("ams", "Admin"),)))
    assert (principal.user_id, principal.username) == (7, "l2.dee")
    assert principal.is_admin("ams")
    assert not principal.is_admin()


def test_an_expired_token_says_so() -> None:
    with pytest.raises(TokenExpired):
        verify(make_token(exp=int(time.time()) - 60))


BAD: dict[str, Callable[[], str]] = {
    "other audience": lambda: make_token(aud="hdts"),
    "other issuer": lambda: make_token(iss="somebody"),
    "not yet valid": lambda: make_token(nbf=int(time.time()) + 600),
    "no audience": lambda: make_token(aud=None),
    "alg none": lambda: f"{encoded({'alg': 'none'})}.{make_token().split('.')[1]}.",
    "HS256 with the public key": forged_with_public_key,
    "jku": lambda: make_token(headers={"jku": "http://evil/"}),
    "jwk": lambda: make_token(headers={"jwk": {}}),
    "x5u": lambda: make_token(headers={"x5u": "http://evil/"}),
    "crit": lambda: make_token(headers={"crit": ["x"]}),
    "unknown kid": lambda: make_token(headers={"kid": "other"}),
    "kid is a list": lambda: f"{encoded({'alg': 'RS256', 'kid': [1]})}.e30.e30",
    "subject is no number": lambda: make_token(sub="abc"),
    "expiry is huge": lambda: make_token(exp=10**30),
    "empty": lambda: "x",
    "too long": lambda: "x" * 20_000,
    "not ASCII": lambda: "é.é.é",
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_token_is_401(anonymous: APIClient, name: str) -> None:
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {BAD[name]()}")
    assert anonymous.get("/effects/").status_code == 401


def test_a_thousand_mutated_tokens_are_refused() -> None:
    dice, good = random.Random(11), make_token()
    for _ in range(1_000):
        characters = list(good)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(characters))
            characters[place] = dice.choice("ABCabc019._-=\x00é{")
        mutated = "".join(characters)
        if mutated == good or mutated.rstrip("=")[:-1] == good[:-1]:
            continue  # the last base64 digit carries unused bits
        with pytest.raises(Unauthenticated):
            principal_of(mutated)


def test_keys_stay_usable_while_auth_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = [jwks(), httpx.ConnectError("away")]

    def source() -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    cache, clock = KeyCache(source), [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    assert cache.find("test-key")
    clock[0] += 3_600
    assert cache.find("test-key")
    assert not answers


def test_an_unknown_kid_asks_at_most_once_in_thirty_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []
    clock = [1_000.0]

    def source() -> dict[str, Any]:
        asked.append(clock[0])
        return jwks()

    cache = KeyCache(source)
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    for _ in range(100):
        assert cache.find("unknown") is None
        clock[0] += 1
    assert len(asked) == 4


def test_a_token_of_another_key_is_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    payload = jwt.decode(make_token(), options={"verify_signature": False})
    forged = jwt.encode(payload, other, algorithm="RS256", headers={"kid": "test-key"})
    with pytest.raises(Unauthenticated):
        principal_of(forged)


def client_token(**claims: Any) -> str:
    kept = {"sub": "client:4f0c", "aud": "kit", "scope": "effects:read", "username": "nightly"}
    return make_token(roles=(), **(kept | claims))


def test_a_service_client_has_scopes_and_no_roles() -> None:
    who = principal_of(client_token(scope="a:read b:write"))
    assert (who.user_id, who.client_id, who.key) == (0, "4f0c", "client:4f0c")
    assert who.permissions == {"a:read", "b:write"}
    assert not who.is_admin()


def test_a_service_token_is_good_for_its_one_audience() -> None:
    assert principal_of(client_token(aud="kit"))
    with pytest.raises(Unauthenticated):
        principal_of(client_token(aud="another_service"))


@pytest.mark.django_db
def test_a_view_opens_to_a_service_client_only_by_its_scope(anonymous: APIClient) -> None:
    def status(path: str, token: str) -> int:
        anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return anonymous.get(path).status_code

    assert status("/effects/", client_token()) == 403
    assert status("/scoped/", client_token()) == 200
    assert status("/scoped/", client_token(scope="other")) == 403
    assert status("/scoped/", make_token()) == 200
