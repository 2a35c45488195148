"""Roles over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from access_paths import NEW, ROLES_PATH
from rest_framework.test import APIClient

from auth_service.access.builtin import ROLES
from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import RoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
ROLE = {
    *("id", "name", "description", "permissions", "system", "requires_second_factor"),
    *("is_builtin", "members"),
}


def test_roles_are_listed_by_system(admin: APIClient) -> None:
    body = admin.get(ROLES_PATH, {"system": "tts"}).json()
    assert set(body) == {"count", "next", "previous", "results"}
    assert {each["name"] for each in body["results"]} == set(ROLES["tts"])
    assert all(set(each) == ROLE for each in body["results"])


def test_an_administrator_sees_the_roles_of_his_own_system_only(
    admin: APIClient, ams_admin: APIClient, role: Any
) -> None:
    assert {each["system"] for each in admin.get(ROLES_PATH).json()["results"]} == {"tts"}
    assert {each["system"] for each in ams_admin.get(ROLES_PATH).json()["results"]} == {"ams"}
    assert ams_admin.get(ROLES_PATH, {"system": "tts"}).json()["count"] == 0
    assert ams_admin.get(f"{ROLES_PATH}{role('tts', 'Admin').pk}/").status_code == 404


def test_a_role_lives_from_creation_to_retirement_and_all_of_it_is_told(
    admin: APIClient, outbox_of: Any
) -> None:
    created = admin.post(ROLES_PATH, NEW)
    body = created.json()
    assert created.status_code == 201
    assert set(body) == ROLE | {"message"}
    assert body["permissions"] == ["a", "b"]
    path = f"{ROLES_PATH}{body['id']}/"
    assert admin.patch(path, {"name": "L4 Support"}).json()["name"] == "L4 Support"
    assert admin.put(path, {"name": "L5 Support"}).json()["permissions"] == []
    assert admin.delete(path).status_code == 204
    assert admin.get(path).status_code == 404
    told = [each for each in outbox_of(RoleSync) if each.role_id == body["id"]]
    assert [(each.action, each.name, each.version) for each in told] == [
        ("create", "L3 Support", 1),
        ("update", "L4 Support", 2),
        ("update", "L5 Support", 3),
        ("delete", "L5 Support", 4),
    ]
    actions = AuditEntry.objects.filter(subject=f"role:{body['id']}").order_by("id")
    assert [each.action for each in actions] == [
        "role_created",
        "role_changed",
        "role_changed",
        "role_retired",
    ]
    assert admin.post(ROLES_PATH, NEW).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "l1 SUPPORT"}, "name"),
        ({"name": " L1 Support "}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a" * 101}, "name"),
        ({"permissions": "all"}, "permissions"),
        ({"permissions": ["hdts:admin"]}, "permissions"),
        ({"permissions": ["with space"]}, "permissions"),
        ({"system": 7}, "system"),
    ],
)
def test_what_is_wrong_with_a_role_is_named(
    admin: APIClient, change: dict[str, Any], field: str
) -> None:
    answer = admin.post(ROLES_PATH, NEW | change)
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == field


@pytest.mark.parametrize("system", ["ams", "nowhere"])
def test_a_role_in_a_system_of_others_is_refused(admin: APIClient, system: str) -> None:
    assert admin.post(ROLES_PATH, NEW | {"system": system}).status_code == 403


def test_built_in_roles_are_protected(admin: APIClient, role: Any) -> None:
    path = f"{ROLES_PATH}{role('tts', 'L1 Support').pk}/"
    answers = [
        admin.patch(path, {"name": "X"}),
        admin.put(path, {"name": "X"}),
        admin.delete(path),
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(409, "CONFLICT")] * 3


def test_a_role_that_somebody_holds_is_not_retired(admin: APIClient, person: Person) -> None:
    created = admin.post(ROLES_PATH, NEW).json()
    person("ana", ("tts", "L3 Support"))
    answer = admin.delete(f"{ROLES_PATH}{created['id']}/")
    assert answer.status_code == 409
    assert "1 people" in answer.json()["error"]


def test_nobody_adds_permissions_to_a_role_that_he_holds(
    person: Person, signed_in: Any, admin: APIClient
) -> None:
    created = admin.post(ROLES_PATH, NEW).json()
    path = f"{ROLES_PATH}{created['id']}/"
    holder = signed_in(person("boss", ("tts", "Admin"), ("tts", "L3 Support")))
    assert holder.patch(path, {"permissions": ["a", "b", "c"]}).status_code == 403
    assert holder.patch(path, {"permissions": ["a"]}).status_code == 200
    assert admin.patch(path, {"permissions": ["a", "b", "c"]}).status_code == 200


def test_roles_tell_how_many_hold_them(admin: APIClient, person: Person, role: Any) -> None:
    person("ana", ("tts", "L1 Support"))
    person("ben", ("tts", "L1 Support"))
    body = admin.get(f"{ROLES_PATH}{role('tts', 'L1 Support').pk}/").json()
    assert (body["members"], body["is_builtin"]) == (2, True)
    assert admin.post(ROLES_PATH, NEW).json()["members"] == 0
