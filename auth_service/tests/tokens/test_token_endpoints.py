"""The token endpoints as a client sees them."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from argon2.low_level import verify_secret
from conftest import OWN_PAGE, PASSWORD
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens.models import RefreshToken, Session

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def sign_in(client: APIClient, name: str, password: str = PASSWORD) -> Any:
    return client.post("/token/", {"username": name, "password": password})


@pytest.mark.parametrize("name", ["ana", "ANA", "ana@example.com", " Ana@Example.COM "])
def test_name_and_address_sign_in_in_any_case(
    anonymous: APIClient, person: Person, name: str
) -> None:
    person("ana", ("tts", "L1 Support"))
    answer = sign_in(anonymous, name)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    assert answer["Cache-Control"] == "no-store"


def test_the_access_token_says_what_the_contract_names(
    anonymous: APIClient, person: Person
) -> None:
    user = person("ana", ("tts", "L1 Support"), ("hdts", "Admin"))
    token = sign_in(anonymous, "ana").json()["access"]
    keys = anonymous.get("/.well-known/jwks.json").json()["keys"]
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256"
    key = next(jwt.PyJWK(each) for each in keys if each["kid"] == header["kid"])
    claims = jwt.decode(token, key, algorithms=["RS256"], audience="tts", issuer="tts-auth")
    assert set(claims) == {
        *("iss", "sub", "aud", "exp", "iat", "nbf", "jti", "sid", "ver"),
        *("username", "email", "roles", "permissions"),
    }
    assert claims["sub"] == str(user.pk)
    assert claims["exp"] - claims["iat"] == 15 * 60
    assert claims["roles"] == [
        {"system": "hdts", "role": "Admin"},
        {"system": "tts", "role": "L1 Support"},
    ]
    assert "tasks.work" in claims["permissions"]


def test_only_public_parts_are_published(anonymous: APIClient, builtin: None) -> None:
    answer = anonymous.get("/.well-known/jwks.json")
    (key,) = answer.json()["keys"]
    assert set(key) == {"kty", "use", "alg", "kid", "n", "e"}
    assert len(base64.urlsafe_b64decode(key["n"] + "==")) * 8 == 3072
    assert answer["Cache-Control"] == "public, max-age=300"


def test_unknown_inactive_and_mistaken_people_get_the_same_answer(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    gone = person("gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    answers = [
        sign_in(anonymous, "nobody"),
        sign_in(anonymous, "ana", "wrong-password-1"),
        sign_in(anonymous, "gone"),
    ]
    bodies = [{**each.json(), "timestamp": ""} for each in answers]
    assert [each.status_code for each in answers] == [401] * 3
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["code"] == "AUTH_FAILED"
    reasons = AuditEntry.objects.filter(action="sign_in_refused").order_by("id")
    assert [each.details["reason"] for each in reasons] == [
        "unknown name",
        "wrong password",
        "inactive",
    ]


def test_unknown_people_cost_one_hash_like_known_ones(
    anonymous: APIClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(anonymous, "warm-up")
    person("ana")
    person("unset", password=None)
    checked: list[bytes] = []
    real = verify_secret
    monkeypatch.setattr(
        "argon2._password_hasher.verify_secret",
        lambda *given: checked.append(given[0]) or real(*given),
    )
    for name in ("ana", "nobody", "unset"):
        sign_in(anonymous, name, "wrong-password-1")
    assert len(checked) == 3
    assert all(b"m=19456,t=2,p=1" in each for each in checked)


def test_a_password_keeps_its_spaces(anonymous: APIClient, person: Person) -> None:
    person("ana", password="  spaces count here  ")
    assert sign_in(anonymous, "ana", "spaces count here").status_code == 401
    assert sign_in(anonymous, "ana", "  spaces count here  ").status_code == 200


def test_a_refresh_token_is_good_for_one_use(anonymous: APIClient, person: Person) -> None:
    person("ana")
    first = sign_in(anonymous, "ana").json()["refresh"]
    answer = anonymous.post("/token/refresh/", {"refresh": first})
    assert answer.status_code == 200
    assert answer.json()["refresh"] != first


def test_reuse_of_a_spent_token_kills_the_whole_family_and_is_audited(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    first = sign_in(anonymous, "ana").json()["refresh"]
    second = anonymous.post("/token/refresh/", {"refresh": first}).json()["refresh"]
    reused = anonymous.post("/token/refresh/", {"refresh": first})
    after = anonymous.post("/token/refresh/", {"refresh": second})
    assert (reused.status_code, after.status_code) == (401, 401)
    assert reused.json()["code"] == "AUTH_FAILED"
    assert Session.objects.get().end_reason == "reuse"
    assert AuditEntry.objects.filter(action="refresh_token_reused").count() == 1


def test_another_session_of_the_same_person_survives_the_reuse(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    first = sign_in(anonymous, "ana").json()["refresh"]
    other = sign_in(anonymous, "ana").json()["refresh"]
    anonymous.post("/token/refresh/", {"refresh": first})
    anonymous.post("/token/refresh/", {"refresh": first})
    assert anonymous.post("/token/refresh/", {"refresh": other}).status_code == 200


def test_the_database_does_not_know_a_refresh_token(anonymous: APIClient, person: Person) -> None:
    person("ana")
    refresh = sign_in(anonymous, "ana").json()["refresh"]
    stored = RefreshToken.objects.get()
    assert len(bytes(stored.token_sha256)) == 32
    assert refresh.encode() not in bytes(stored.token_sha256)


def test_logout_ends_the_family_at_once(anonymous: APIClient, person: Person) -> None:
    person("ana")
    tokens = sign_in(anonymous, "ana").json()
    assert anonymous.post("/token/verify/", {"token": tokens["access"]}).status_code == 200
    assert anonymous.post("/logout/", {"refresh": tokens["refresh"]}).status_code == 200
    refused = anonymous.post("/token/refresh/", {"refresh": tokens["refresh"]})
    assert refused.status_code == 401
    assert anonymous.post("/token/verify/", {"token": tokens["access"]}).status_code == 401
    bearer = {"Authorization": f"Bearer {tokens['access']}"}
    assert anonymous.get("/api/v1/users/me/", headers=bearer).status_code == 401


def test_logout_with_the_bearer_token_ends_its_session(
    agent: APIClient, anonymous: APIClient
) -> None:
    assert agent.post("/logout/").status_code == 200
    assert agent.get("/api/v1/users/me/").status_code == 401
    assert anonymous.post("/logout/").status_code == 401


def test_logout_works_beside_an_access_token_that_is_over(
    anonymous: APIClient, person: Person, token_for: Any
) -> None:
    person("ana")
    refresh = sign_in(anonymous, "ana").json()["refresh"]
    over = {"Authorization": f"Bearer {token_for(exp=1)}"}
    assert anonymous.post("/logout/", {"refresh": refresh}, headers=over).status_code == 200
    assert Session.objects.get().end_reason == "signed_out"


def test_the_audit_trail_carries_the_request_id(anonymous: APIClient, person: Person) -> None:
    person("ana")
    body = {"username": "ana", "password": PASSWORD}
    anonymous.post("/token/", body, headers={"X-Request-ID": "request-12345"})
    assert AuditEntry.objects.get(action="signed_in").request_id == "request-12345"


def test_verify_answers_for_whom_and_how_long(anonymous: APIClient, person: Person) -> None:
    user = person("ana")
    token = sign_in(anonymous, "ana").json()["access"]
    body = anonymous.post("/token/verify/", {"token": token}).json()
    assert (body["valid"], body["user_id"], body["username"]) == (True, user.pk, "ana")
    assert (body["client_id"], body["audience"]) == ("", "tts")
    refused = anonymous.post("/token/verify/", {"token": token[:-4] + "AAAA"})
    assert (refused.status_code, refused.json()["code"]) == (401, "AUTH_FAILED")


def test_somebody_deactivated_cannot_refresh(
    anonymous: APIClient, person: Person, admin: APIClient
) -> None:
    user = person("ana")
    refresh = sign_in(anonymous, "ana").json()["refresh"]
    assert admin.delete(f"/api/v1/users/{user.pk}/").status_code == 204
    assert anonymous.post("/token/refresh/", {"refresh": refresh}).status_code == 401


@pytest.mark.parametrize("path", ["/token/", "/login/", "/token/refresh/", "/token/verify/"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"username": 1, "password": {}, "refresh": [], "token": 5}',
        b'{"username": "\\u0000", "password": "\\ud800", "refresh": "\\u0000", "token": "\\u0000"}',
        json.dumps({"username": "a" * 9999, "refresh": "a" * 9999, "token": "a" * 99999}).encode(),
        b"[" * 5000,
    ],
)
def test_garbage_gets_an_error_body(
    anonymous: APIClient, builtin: None, path: str, body: bytes
) -> None:
    answer = anonymous.post(path, body, content_type="application/json", headers=OWN_PAGE)
    assert answer.status_code in {400, 401}
    assert set(answer.json()) == {"error", "code", "details", "timestamp"}
