"""People over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from newcomers import NEW, USERS
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens.models import Session
from servicekit.contracts import UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
LIST_ITEM = {"id", "username", "email", "first_name", "last_name", "is_active", "date_joined"}
DETAIL = LIST_ITEM | {"roles", "last_login", "phone", "time_zone", "language", "picture"}


def test_the_list_is_paged_and_has_the_fields_of_the_contract(
    admin: APIClient, person: Person
) -> None:
    person("ana")
    body = admin.get(USERS, {"page_size": 1}).json()
    assert set(body) == {"count", "next", "previous", "results"}
    assert body["count"] == 2
    assert set(body["results"][0]) == LIST_ITEM


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"page_size": "-5"}])
def test_a_page_that_is_none_is_named(admin: APIClient, query: dict[str, str]) -> None:
    answer = admin.get(USERS, query)
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] in query
    assert admin.get(USERS, {"page": "2"}).status_code == 404


def test_search_finds_every_word_in_names_and_address(admin: APIClient, person: Person) -> None:
    person("ana", first_name="Ana", last_name="Alvarez")
    person("ben", first_name="Ben", last_name="Alvarez")

    def found(words: str) -> list[str]:
        return [each["username"] for each in admin.get(USERS, {"search": words}).json()["results"]]

    assert found("ALVAREZ") == ["ana", "ben"]
    assert found("alvarez ana") == ["ana"]
    assert found("ben@example") == ["ben"]
    assert found("%") == []


def test_somebody_new_is_created_told_to_others_and_can_sign_in(
    admin: APIClient, anonymous: APIClient, outbox_of: Any
) -> None:
    answer = admin.post(USERS, NEW)
    body = answer.json()
    assert answer.status_code == 201
    assert set(body) == DETAIL | {"message"}
    assert "password" not in str(body).lower()
    heard = outbox_of(UserSystemRoleSync)[-1]
    assert (heard.user_id, heard.full_name, heard.version) == (body["id"], "New One", 1)
    assert heard.system_roles == []
    signed = {"username": "new.one", "password": NEW["password"]}
    assert anonymous.post("/token/", signed).status_code == 200


def test_the_same_key_creates_once(admin: APIClient) -> None:
    headers = {"Idempotency-Key": "key-1"}
    first = admin.post(USERS, NEW, headers=headers)
    second = admin.post(USERS, NEW, headers=headers)
    other = admin.post(USERS, NEW | {"first_name": "X"}, headers=headers)
    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == second.json()
    assert User.objects.filter(username="new.one").count() == 1


def test_the_detail_adds_roles_and_last_login(admin: APIClient, person: Person, role: Any) -> None:
    user = person("ana", ("tts", "L1 Support"))
    body = admin.get(f"{USERS}{user.pk}/").json()
    l1 = role("tts", "L1 Support").pk
    assert set(body) == DETAIL
    assert body["roles"] == [{"system": "tts", "role_name": "L1 Support", "role_id": l1}]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "TTS.Admin"}, "username"),
        ({"email": "TTS.ADMIN@example.com"}, "email"),
        ({"username": "a@b.example"}, "username"),
        ({"username": ""}, "username"),
        ({"username": None}, "username"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "email"),
        ({"first_name": "a" * 151}, "first_name"),
        ({"first_name": "two\nlines"}, "first_name"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"password": "new.one@example"}, "password"),
    ],
)
def test_what_is_wrong_with_an_account_is_named(
    admin: APIClient, change: dict[str, Any], field: str
) -> None:
    answer = admin.post(USERS, NEW | change)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (400, "VALIDATION_ERROR")
    assert body["details"]["field"] == field
    assert body["details"]["errors"][field]
    assert not User.objects.filter(username="new.one").exists()


def test_a_change_raises_the_version_and_is_told(
    admin: APIClient, person: Person, outbox_of: Any
) -> None:
    user = person("ana", ("tts", "L1 Support"))
    answer = admin.patch(f"{USERS}{user.pk}/", {"first_name": "Anna"})
    assert (answer.status_code, answer.json()["first_name"]) == (200, "Anna")
    mine = [each for each in outbox_of(UserSystemRoleSync) if each.user_id == user.pk]
    assert [each.version for each in mine] == [1, 2, 3]
    assert mine[-1].full_name == "Anna"
    assert [each.role_name for each in mine[-1].system_roles] == ["L1 Support"]
    entry = AuditEntry.objects.get(action="user_changed")
    assert entry.details == {"old": {"first_name": ""}, "new": {"first_name": "Anna"}}


def test_a_change_that_changes_nothing_is_not_told(
    admin: APIClient, person: Person, outbox_of: Any
) -> None:
    user = person("ana")
    before = len(outbox_of(UserSystemRoleSync))
    assert admin.patch(f"{USERS}{user.pk}/", {"username": "ana"}).status_code == 200
    assert len(outbox_of(UserSystemRoleSync)) == before


def test_put_sets_every_field(admin: APIClient, person: Person) -> None:
    user = person("ana", first_name="Ana")
    wanted = {"username": "anna", "email": "anna@example.com"}
    body = admin.put(f"{USERS}{user.pk}/", wanted).json()
    assert (body["username"], body["first_name"], body["is_active"]) == ("anna", "", True)
    assert admin.put(f"{USERS}{user.pk}/", {"username": "x"}).status_code == 400


def test_replacing_a_deactivated_person_does_not_let_them_in_again(
    admin: APIClient, person: Person
) -> None:
    user = person("zed")
    admin.patch(f"{USERS}{user.pk}/", {"is_active": False})
    wanted = {"username": "zed", "email": user.email, "first_name": "Zed"}
    body = admin.put(f"{USERS}{user.pk}/", wanted).json()
    assert (body["first_name"], body["is_active"]) == ("Zed", False)


def test_fields_that_nobody_sets_stay_as_they_are(admin: APIClient, person: Person) -> None:
    user = person("ana")
    forbidden = {
        "id": 999,
        "is_superuser": True,
        "is_staff": True,
        "version": 77,
        "token_version": 77,
        "password": "Another-Long-Secret-1",
        "date_joined": "2001-01-01T00:00:00Z",
        "last_login": "2001-01-01T00:00:00Z",
        "roles": [{"system": "tts", "role_name": "Admin", "role_id": 1}],
    }
    before = User.objects.filter(pk=user.pk).values().get()
    assert admin.patch(f"{USERS}{user.pk}/", forbidden).status_code == 200
    assert User.objects.filter(pk=user.pk).values().get() == before


def test_deleting_deactivates_ends_sessions_and_is_told(
    admin: APIClient, person: Person, signed_in: Any, outbox_of: Any
) -> None:
    user = person("ana", ("tts", "L1 Support"))
    client = signed_in(user)
    assert client.get(f"{USERS}me/").status_code == 200
    assert admin.delete(f"{USERS}{user.pk}/").status_code == 204
    assert client.get(f"{USERS}me/").status_code == 401
    assert admin.get(f"{USERS}{user.pk}/").json()["is_active"] is False
    assert outbox_of(UserSystemRoleSync)[-1].is_active is False
    assert Session.objects.get(user=user).end_reason == "deactivated"


def test_somebody_can_be_reactivated(admin: APIClient, person: Person, outbox_of: Any) -> None:
    user = person("ana")
    admin.delete(f"{USERS}{user.pk}/")
    assert admin.patch(f"{USERS}{user.pk}/", {"is_active": True}).json()["is_active"] is True
    assert outbox_of(UserSystemRoleSync)[-1].is_active is True


@pytest.mark.parametrize("user_id", ["999999", "9" * 30, "0"])
def test_nobody_of_that_number(admin: APIClient, user_id: str) -> None:
    for answer in (
        admin.get(f"{USERS}{user_id}/"),
        admin.patch(f"{USERS}{user_id}/", {"first_name": "X"}),
        admin.delete(f"{USERS}{user_id}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")


@pytest.mark.parametrize("body", [b"{", b"null", b"[]", b"7", b'{"username": {"a": 1}}', b"\xff"])
def test_garbage_gets_400(admin: APIClient, person: Person, body: bytes) -> None:
    user = person("ana")
    answers = [
        admin.post(USERS, body, content_type="application/json"),
        admin.put(f"{USERS}{user.pk}/", body, content_type="application/json"),
        admin.patch(f"{USERS}{user.pk}/", body, content_type="application/json"),
    ]
    assert [each.status_code for each in answers] == [400, 400, 400]
    assert {each.json()["code"] for each in answers} == {"VALIDATION_ERROR"}


@pytest.mark.parametrize("query", [{"is_active": "x"}, {"search": "a" * 201}, {"search": "\x00"}])
def test_a_query_that_is_wrong_gets_400(admin: APIClient, query: dict[str, str]) -> None:
    assert admin.get(USERS, query).status_code == 400


def test_the_list_costs_the_same_for_one_and_for_many(admin: APIClient, person: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert admin.get(USERS, {"page_size": 100}).status_code == 200
        return len(captured)

    admin.get(USERS)
    few = queries()
    for number in range(15):
        person(f"p{number}", ("tts", "L1 Support"), password=None)
    assert queries() == few <= 4
