"""The compact form, opened by ourselves: as strict as the library that it stands in for."""

import base64
import json
import time
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicekit.auth import compact
from servicekit.auth.bearer import LEEWAY_S, principal_of, verify
from servicekit.errors import TokenExpired, Unauthenticated
from servicekit.testing.tokens import make_token, signing_key

NOW = time.time()


def segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(claims: dict[str, Any]) -> str:
    body = json.dumps(claims).encode()
    return jwt.PyJWS().encode(body, signing_key(), algorithm="RS256", headers={"kid": "test-key"})


def claims(name: str, *values: object) -> list[dict[str, Any]]:
    return [{name: each} for each in values]


def claims_now() -> dict[str, Any]:
    return jwt.decode(make_token(), options={"verify_signature": False})


@pytest.mark.parametrize(
    "change",
    [
        *claims("aud", "other", [], [1], {"tts": 1}, 7, True),
        *claims("iss", "other", ["tts-auth"], 7),
        *claims("exp", "2999", True, [], None, float("nan")),
        *claims("nbf", "1", True, NOW + 3600, float("nan"), float("inf")),
        *claims("iat", "1", False, NOW + 3600, float("inf")),
        *claims("sub", 7, None, "", "seven"),
        *claims("jti", 7, None),
    ],
)
def test_a_claim_of_the_wrong_kind_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        principal_of(signed(claims_now() | change))


@pytest.mark.parametrize("name", ["exp", "iat", "nbf", "aud", "iss", "sub", "jti"])
def test_a_missing_claim_is_refused(name: str) -> None:
    without = claims_now()
    del without[name]
    with pytest.raises(Unauthenticated):
        verify(signed(without))


def test_the_leeway_is_thirty_seconds_either_way() -> None:
    inside, outside = LEEWAY_S - 5, LEEWAY_S + 5
    verify(signed(claims_now() | {"exp": int(time.time()) - inside}))
    verify(signed(claims_now() | {"nbf": int(time.time()) + inside}))
    with pytest.raises(TokenExpired):
        verify(signed(claims_now() | {"exp": int(time.time()) - outside}))
    with pytest.raises(Unauthenticated):
        verify(signed(claims_now() | {"nbf": int(time.time()) + outside}))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda h, b, s: f"{h}.{b}",
        lambda h, b, s: f"{h}.{b}.{s}.",
        lambda h, b, s: f"{h}.{b}.",
        lambda h, b, s: f".{b}.{s}",
        lambda h, b, s: f"{h}.{b}.{s}==",
        lambda h, b, s: f"{h}=.{b}.{s}",
        lambda h, b, s: f"{h}.{b}\n.{s}",
        lambda h, b, s: f"{h}.{b}.{s[:-1]}",
        lambda h, b, s: f"{h}.{b}.{s.replace('-', '+').replace('_', '/')}+",
        lambda h, b, s: f"{h}.{b}.ä{s}",
        lambda h, b, s: f"{segment([1])}.{b}.{s}",
        lambda h, b, s: f"{segment(b'{')}.{b}.{s}",
        lambda h, b, s: f"{segment(b'[' * 6000)}.{b}.{s}",
        lambda h, b, s: f"{segment({'alg': 'none'})}.{b}.{s}",
        lambda h, b, s: f"{segment({'alg': ['RS256'], 'kid': 'test-key'})}.{b}.{s}",
        lambda h, b, s: f"{segment({'alg': 'RS256', 'kid': ['test-key']})}.{b}.{s}",
        lambda h, b, s: f"{h}.{segment({'sub': '1'})}.{s}",
    ],
)
def test_a_spoilt_form_is_refused(spoilt: Any) -> None:
    with pytest.raises(Unauthenticated):
        verify(spoilt(*make_token().split(".")))


def test_a_last_letter_with_bits_to_spare_is_refused() -> None:
    with pytest.raises(compact.Malformed):
        compact.claims_of(b"e31")
    assert compact.claims_of(b"e30") == {}


@given(st.text(max_size=60), st.integers(0, 2))
@settings(max_examples=300)
def test_no_text_in_any_place_does_more_than_be_refused(text: str, place: int) -> None:
    found = make_token().split(".")
    found[place] = text
    with pytest.raises(Unauthenticated):
        verify(".".join(found))
