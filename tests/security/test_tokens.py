"""Forged, broken and borrowed tokens open nothing, in no service, and break nothing either."""

import base64
import hashlib
import hmac
import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import jwt
import pytest
from conftest import PROBES, People
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from running import System

SEED = int(os.environ.get("TTS_SECURITY_SEED", "20261124"))
MUTATIONS_A_SERVICE = 210


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _opened(part: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


@pytest.fixture(scope="module")
def good(people: People) -> str:
    return people.agent.headers["Authorization"].removeprefix("Bearer ")


@pytest.fixture(scope="module")
def published(system: System) -> dict[str, Any]:
    keys: dict[str, Any] = system.anonymous().get("/auth/.well-known/jwks.json").json()
    return dict(keys["keys"][0])


def forged(good: str, published: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the classic forgeries of a token that is good itself."""
    head, body, signature = good.split(".")
    header, claims = _opened(head), _opened(body)
    own = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    public = jwt.algorithms.RSAAlgorithm.from_jwk(json.dumps(published))
    assert isinstance(public, rsa.RSAPublicKey)
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    text = f"{_part(header | {'alg': 'HS256'})}.{body}"
    mac = hmac.new(pem, text.encode(), hashlib.sha256).digest()
    yield (
        "HS256 with the public key",
        f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}",
    )
    for name in ("none", "None", "NONE", "nOnE", ""):
        yield f"alg {name!r}", f"{_part(header | {'alg': name})}.{body}."
    yield "own key, published kid", jwt.encode(claims, own, "RS256", headers={"kid": header["kid"]})
    yield "own key, own kid", jwt.encode(claims, own, "RS256", headers={"kid": "mine"})
    own_jwk = jwt.algorithms.RSAAlgorithm.to_jwk(own.public_key(), as_dict=True)
    for name, value in (
        ("jwk", own_jwk),
        ("jku", "http://127.0.0.1/jwks.json"),
        ("x5u", "http://127.0.0.1/x5u"),
        ("crit", ["exp"]),
    ):
        headers = {"kid": header["kid"], name: value}
        yield f"header {name}", jwt.encode(claims, own, "RS256", headers=headers)
        yield f"header {name} added", f"{_part(header | {name: value})}.{body}.{signature}"
    changes: list[dict[str, Any]] = [
        {"sub": "1"},
        {"roles": [{"system": "tts", "role": "Admin"}]},
        {"exp": claims["exp"] + 86_400},
        {"aud": "hdts"},
        {"iss": "somebody"},
        {"ver": 10**9},
    ]
    for change in changes:
        yield f"claims {change}", f"{head}.{_part(claims | change)}.{signature}"


def mutations(good: str, *, seed: int, number: int) -> Iterator[str]:
    """Yield tokens with a character changed, dropped, doubled or moved; replayable by the seed."""
    chance = random.Random(seed)
    alphabet = "ABCxyz0189-_.=%+/ é\x00"
    for _ in range(number):
        place = chance.randrange(len(good))
        what = chance.randrange(5)
        if what == 0:
            yield good[:place] + chance.choice(alphabet) + good[place:]
        elif what == 1:
            yield good[:place] + good[place + 1 + chance.randrange(8) :]
        elif what == 2:
            yield good[place:] + good[:place]
        elif what == 3:
            yield good[:place] + good[place : place + 9] * 2 + good[place + 9 :]
        else:
            parts = good.split(".")
            chance.shuffle(parts)
            yield ".".join(parts)[: chance.randrange(3, len(good) - 1)]


def _status(http: httpx.Client, path: str, token: str) -> int:
    sent = f"Bearer {token}".encode("utf-8", "surrogatepass").replace(b"\x00", b"%00")
    return http.get(path, headers={b"Authorization": sent}).status_code


@pytest.mark.parametrize("service", PROBES)
def test_the_classic_forgeries_are_refused(
    service: str, system: System, good: str, published: dict[str, Any]
) -> None:
    http = system.anonymous()
    for name, token in forged(good, published):
        assert _status(http, PROBES[service], token) == 401, name


@pytest.mark.parametrize("service", PROBES)
def test_a_thousand_mutated_tokens_are_refused(service: str, system: System, good: str) -> None:
    http = system.anonymous()
    seed = SEED + list(PROBES).index(service)
    tokens = [
        each for each in mutations(good, seed=seed, number=MUTATIONS_A_SERVICE) if each != good
    ]
    assert len(tokens) >= 200
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda token: _status(http, PROBES[service], token), tokens))
    wrong = {token: status for token, status in zip(tokens, statuses, strict=True) if status != 401}
    assert wrong == {}, f"seed {seed}"
