"""API keys and service clients: shown once, scoped, rotated, withdrawn; tokens of five minutes."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.credentials.models import Credential, Secret
from auth_service.tokens.claims import signed
from auth_service.tokens.keyring import keyring
from auth_service.tokens.models import Session
from servicekit.api.models import IdempotencyKey

pytestmark = pytest.mark.django_db
KEYS, CLIENTS = "/api/v1/api-keys/", "/api/v1/service-clients/"
NEW_KEY: dict[str, Any] = {"name": "CI", "scopes": ["users:read"]}
NEW_CLIENT: dict[str, Any] = {
    "name": "Reporting",
    "audiences": ["workflow_api", "auth_service"],
    "scopes": ["tasks:read", "roles:read"],
}


def make(admin: APIClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = admin.post(path, body, format="json")
    assert answer.status_code == 201, answer.json()
    assert answer["Cache-Control"] == "no-store"
    return dict(answer.json())


def token(client: APIClient, made: dict[str, Any], audience: str, **extra: Any) -> Any:
    body = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
    body |= {"audience": audience, **extra}
    return client.post("/service-token/", body, format="json")


def by_key(client: APIClient, key: str, audience: str = "auth_service") -> Any:
    return client.post("/service-token/", {"audience": audience}, headers={"X-API-Key": key})


def test_a_key_is_shown_once_and_hashed_at_rest(admin: APIClient) -> None:
    made = make(admin, KEYS, NEW_KEY)
    assert made["key"].startswith(made["prefix"])
    assert made["created_by"] == "tts.admin"
    for path in (KEYS, f"{KEYS}{made['id']}/"):
        assert made["key"] not in admin.get(path).content.decode()
    assert made["key"].encode() not in bytes(Secret.objects.get().secret_sha256)
    assert made["key"] not in str(list(AuditEntry.objects.values_list("details", flat=True)))


@pytest.mark.parametrize(
    ("path", "body", "secret"), [(KEYS, NEW_KEY, "key"), (CLIENTS, NEW_CLIENT, "client_secret")]
)
def test_a_repeated_request_makes_no_second_one_and_shows_nothing_again(
    admin: APIClient, path: str, body: dict[str, Any], secret: str
) -> None:
    def post(path: str, body: dict[str, Any], key: str) -> Any:
        return admin.post(path, body, format="json", headers={"Idempotency-Key": key})

    first, again = post(path, body, "a"), post(path, body, "a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert {**again.json(), secret: first.json()[secret]} == first.json()
    assert secret not in again.json()
    assert post(path, {**body, "name": "Other"}, "a").status_code == 422
    rotate = f"{path}{first.json()['id']}/rotate/"
    rotated, again = post(rotate, {}, "b"), post(rotate, {}, "b")
    assert rotated.json()[secret] != first.json()[secret]
    assert secret not in again.json()
    assert Credential.objects.count() == 1
    assert Secret.objects.count() == 2
    stored = str(list(IdempotencyKey.objects.values_list("body", flat=True)))
    assert first.json()[secret] not in stored
    assert rotated.json()[secret] not in stored


def test_a_client_gets_a_token_for_exactly_one_audience(
    admin: APIClient, anonymous: APIClient
) -> None:
    made = make(admin, CLIENTS, NEW_CLIENT)
    answer = token(anonymous, made, "workflow_api")
    body = answer.json()
    assert (answer.status_code, body["token_type"], body["expires_in"]) == (200, "Bearer", 300)
    claims = jwt.decode(body["access"], options={"verify_signature": False})
    assert claims["aud"] == "workflow_api"
    assert claims["sub"] == f"client:{made['client_id']}"
    assert claims["exp"] - claims["iat"] == 300
    assert (claims["scope"], claims["username"]) == ("roles:read tasks:read", "Reporting")
    assert "roles" not in claims
    bearer = {"Authorization": f"Bearer {body['access']}"}
    assert anonymous.get("/api/v1/roles/", headers=bearer).status_code == 401
    assert Credential.objects.get().last_used_at is not None


def test_a_token_of_a_client_is_verified_with_the_audience_that_it_is_for(
    admin: APIClient, anonymous: APIClient
) -> None:
    made = make(admin, CLIENTS, NEW_CLIENT)
    for audience in NEW_CLIENT["audiences"]:
        access = token(anonymous, made, audience).json()["access"]
        answer = anonymous.post("/token/verify/", {"token": access})
        body = answer.json()
        assert answer.status_code == 200, body
        assert (body["valid"], body["user_id"], body["username"]) == (True, None, "Reporting")
        assert (body["client_id"], body["audience"]) == (made["client_id"], audience)
        forged = anonymous.post("/token/verify/", {"token": f"{access[:-4]}AAAA"})
        assert (forged.status_code, forged.json()["code"]) == (401, "AUTH_FAILED")
    assert admin.delete(f"{CLIENTS}{made['id']}/").status_code == 204
    refused = anonymous.post("/token/verify/", {"token": access})
    assert (refused.status_code, refused.json()["code"]) == (401, "TOKEN_EXPIRED")


def test_a_token_for_an_audience_that_we_do_not_know_is_not_verified(
    admin: APIClient, anonymous: APIClient
) -> None:
    access = token(anonymous, make(admin, CLIENTS, NEW_CLIENT), "workflow_api").json()["access"]
    claims = jwt.decode(access, options={"verify_signature": False})
    kid, key = keyring.signing(at=timezone.now())
    for audience, expected in (("workflow_api", 200), ("elsewhere", 401)):
        made = signed(claims | {"aud": audience}, kid=kid, key=key)
        assert anonymous.post("/token/verify/", {"token": made}).status_code == expected


def test_basic_authentication_and_fewer_scopes(admin: APIClient, anonymous: APIClient) -> None:
    made = make(admin, CLIENTS, NEW_CLIENT)
    pair = base64.b64encode(f"{made['client_id']}:{made['client_secret']}".encode()).decode()
    body = {"audience": "workflow_api", "scopes": ["tasks:read"]}
    headers = {"Authorization": f"Basic {pair}"}
    answer = anonymous.post("/service-token/", body, format="json", headers=headers)
    claims = jwt.decode(answer.json()["access"], options={"verify_signature": False})
    assert claims["scope"] == "tasks:read"


@pytest.mark.parametrize(
    ("audience", "scopes", "expected"),
    [
        ("messaging_service", None, 403),
        ("workflow_api", ["users:read"], 403),
        ("workflow_api", ["made:up"], 400),
        ("everything", None, 400),
    ],
)
def test_nothing_beyond_what_it_was_given(
    admin: APIClient, anonymous: APIClient, audience: str, scopes: Any, expected: int
) -> None:
    made = make(admin, CLIENTS, NEW_CLIENT)
    extra = {} if scopes is None else {"scopes": scopes}
    assert token(anonymous, made, audience, **extra).status_code == expected


@pytest.mark.parametrize("header", ["Basic !!", "Basic /w==", "Basic bm9jb2xvbg==", "Basic"])
def test_garbage_and_strangers_get_the_same_answer(anonymous: APIClient, header: str) -> None:
    body = {"audience": "workflow_api"}
    headers = {"Authorization": header}
    answers = [
        anonymous.post("/service-token/", body, headers=headers),
        anonymous.post("/service-token/", body),
        anonymous.post("/service-token/", body | {"client_id": "x", "client_secret": "y"}),
        by_key(anonymous, "made-up"),
    ]
    assert {(each.status_code, each.json()["error"]) for each in answers} == {
        (401, "The client or its secret is not known.")
    }


def test_scopes_open_the_reading_of_people_and_roles_and_nothing_else(
    admin: APIClient, anonymous: APIClient
) -> None:
    made = make(admin, CLIENTS, NEW_CLIENT)
    access = token(anonymous, made, "auth_service").json()["access"]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    assert anonymous.get("/api/v1/roles/").json()["count"] > 0
    for refused in (
        anonymous.post("/api/v1/roles/", {"system": "tts", "name": "X"}),
        anonymous.get("/api/v1/user-roles/"),
        anonymous.get(KEYS),
        anonymous.get("/api/v1/2fa/"),
        anonymous.get("/api/v1/sessions/"),
    ):
        assert refused.status_code == 403
    Credential.objects.update(revoked_at=timezone.now())
    assert anonymous.get("/api/v1/roles/").status_code == 401


def test_a_rotated_key_is_good_for_its_grace(admin: APIClient, anonymous: APIClient) -> None:
    made = make(admin, KEYS, NEW_KEY)
    fresh = admin.post(f"{KEYS}{made['id']}/rotate/").json()["key"]
    assert fresh != made["key"]
    assert [by_key(anonymous, each).status_code for each in (made["key"], fresh)] == [200, 200]
    Secret.objects.exclude(valid_until=None).update(valid_until=timezone.now())
    assert [by_key(anonymous, each).status_code for each in (made["key"], fresh)] == [401, 200]


def test_without_grace_every_older_key_is_void(admin: APIClient, anonymous: APIClient) -> None:
    made = make(admin, KEYS, NEW_KEY)
    second = admin.post(f"{KEYS}{made['id']}/rotate/").json()["key"]
    third = admin.post(f"{KEYS}{made['id']}/rotate/", {"grace_hours": 0}, format="json").json()
    codes = [by_key(anonymous, each).status_code for each in (made["key"], second, third["key"])]
    assert codes == [401, 401, 200]


def test_withdrawn_and_expired_ones_open_nothing(admin: APIClient, anonymous: APIClient) -> None:
    made = make(admin, KEYS, NEW_KEY)
    assert admin.delete(f"{KEYS}{made['id']}/").status_code == 204
    assert by_key(anonymous, made["key"]).status_code == 401
    assert admin.post(f"{KEYS}{made['id']}/rotate/").status_code == 409
    ends = timezone.now() + timedelta(hours=1)
    other = make(admin, KEYS, NEW_KEY | {"expires_at": ends.isoformat()})
    assert by_key(anonymous, other["key"]).status_code == 200
    now = timezone.now()
    Credential.objects.filter(pk=other["id"]).update(
        created_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1)
    )
    assert by_key(anonymous, other["key"]).status_code == 401


@pytest.mark.parametrize("path", [KEYS, CLIENTS])
def test_dangerous_acts_need_a_recent_password(admin: APIClient, path: str) -> None:
    body = NEW_KEY if path == KEYS else NEW_CLIENT
    made = make(admin, path, body)
    Session.objects.update(proved_at=timezone.now() - timedelta(minutes=16))
    refused = [
        admin.post(path, body, format="json"),
        admin.post(f"{path}{made['id']}/rotate/"),
    ]
    assert {each.json()["code"] for each in refused} == {"REAUTHENTICATION_REQUIRED"}
    assert admin.delete(f"{path}{made['id']}/").status_code == 204


@pytest.mark.parametrize("path", [KEYS, CLIENTS])
def test_only_administrators_of_tts_reach_them(
    ams_admin: APIClient, agent: APIClient, anonymous: APIClient, path: str
) -> None:
    for client, expected in ((ams_admin, 403), (agent, 403), (anonymous, 401)):
        answers = [client.get(path), client.post(path, {}), client.delete(f"{path}1/")]
        assert [each.status_code for each in answers] == [expected] * 3


@pytest.mark.parametrize(
    "change",
    [{"scopes": []}, {"scopes": ["made:up"]}, {"name": ""}, {"expires_at": "2020-01-01T00:00:00Z"}],
)
def test_faulty_fields_are_named(admin: APIClient, change: dict[str, Any]) -> None:
    answer = admin.post(KEYS, NEW_KEY | change, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert not Credential.objects.exists()


def test_a_person_is_no_client(person: Callable[..., User], anonymous: APIClient) -> None:
    user = person("ana")
    body = {"client_id": user.username, "client_secret": "x", "audience": "workflow_api"}
    assert anonymous.post("/service-token/", body).status_code == 401
