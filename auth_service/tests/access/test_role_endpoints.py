"""Systems, roles and memberships over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from auth_service.access.builtin import ROLES
from auth_service.access.models import Membership, Role, System
from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import RoleSync, UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
ROLES_PATH, SYSTEMS, USER_ROLES = "/api/v1/roles/", "/api/v1/systems/", "/api/v1/user-roles/"
ROLE = {
    *("id", "name", "description", "permissions", "system", "requires_second_factor"),
    *("is_builtin", "members"),
}
HELD = {
    *("assignment_id", "user_id", "username", "full_name", "role_id", "role_name", "system"),
    *("assigned_at", "is_active"),
}
NEW = {"system": "tts", "name": "L3 Support", "description": "Last line", "permissions": ["b", "a"]}


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


def test_a_role_is_given_and_taken_and_told_with_rising_versions(
    admin: APIClient, person: Person, role: Any, outbox_of: Any
) -> None:
    user, l2 = person("ana", ("tts", "L1 Support")), role("tts", "L2 Support")
    wanted = {"user_id": user.pk, "role_id": l2.pk, "system": "tts"}
    given = admin.post(USER_ROLES, wanted)
    body = given.json()
    assert given.status_code == 201
    assert set(body) == HELD | {"message"}
    assert (body["role_name"], body["system"]) == ("L2 Support", "tts")
    assert admin.delete(f"{USER_ROLES}{body['assignment_id']}/").status_code == 204
    told = [each for each in outbox_of(UserSystemRoleSync) if each.user_id == user.pk]
    assert [each.version for each in told] == [1, 2, 3, 4]
    assert [[held.role_name for held in each.system_roles] for each in told] == [
        [],
        ["L1 Support"],
        ["L1 Support", "L2 Support"],
        ["L1 Support"],
    ]
    entries = AuditEntry.objects.filter(subject=f"user:{user.pk}", actor="tts.admin")
    assert [each.action for each in entries.order_by("id")] == ["role_granted", "role_revoked"]


def test_memberships_are_filtered(admin: APIClient, person: Person, role: Any) -> None:
    user = person("ana", ("tts", "L1 Support"), ("tts", "L2 Support"))
    person("ben", ("tts", "L1 Support"))

    def count(**query: Any) -> int:
        return int(admin.get(USER_ROLES, query).json()["count"])

    assert count() == 4
    assert count(user_id=user.pk) == 2
    assert count(role_id=role("tts", "L1 Support").pk) == 2
    assert count(system="ams") == 0
    assert admin.get(USER_ROLES, {"user_id": "x"}).status_code == 400


def test_a_membership_is_suspended_and_woken_and_told(
    admin: APIClient, person: Person, signed_in: Any, outbox_of: Any
) -> None:
    user = person("boss", ("tts", "Admin"))
    client = signed_in(user)
    path = f"{USER_ROLES}{Membership.objects.get(user=user).pk}/"
    suspended = admin.patch(path, {"is_active": False}).json()
    assert set(suspended) == HELD | {"message"}
    assert (suspended["is_active"], suspended["username"]) == (False, "boss")
    assert client.get(ROLES_PATH).json()["code"] == "TOKEN_EXPIRED"
    assert admin.patch(path, {"is_active": False}).status_code == 200
    assert admin.patch(path, {"is_active": True}).json()["is_active"] is True
    assert admin.patch(path, {"is_active": True}).status_code == 200
    told = [each for each in outbox_of(UserSystemRoleSync) if each.user_id == user.pk]
    assert [each.system_roles[0].is_active for each in told[-3:]] == [True, False, True]
    entries = AuditEntry.objects.filter(subject=f"user:{user.pk}", actor="tts.admin")
    assert [each.action for each in entries.order_by("id")] == ["role_suspended", "role_granted"]


def test_memberships_of_others_systems_and_ones_own_are_not_switched(
    admin: APIClient, ams_admin: APIClient, person: Person, signed_in: Any
) -> None:
    ana, boss = person("ana", ("tts", "L1 Support")), person("boss", ("tts", "Admin"))
    for by, of, is_active in [
        (ams_admin, ana, False),
        (ams_admin, ana, True),
        (signed_in(boss), boss, False),
        (signed_in(boss), boss, True),
    ]:
        path = f"{USER_ROLES}{Membership.objects.get(user=of).pk}/"
        assert by.patch(path, {"is_active": is_active}).status_code == 403
    assert admin.patch(f"{USER_ROLES}999999/", {"is_active": True}).status_code == 404
    assert admin.patch(f"{USER_ROLES}999999/", {"is_active": False}).status_code == 404
    assert admin.patch(f"{USER_ROLES}999999/", {}).status_code == 400


@pytest.mark.parametrize("name", ["ANA", "ana@example.com"])
def test_a_role_is_given_by_name_too(
    ams_admin: APIClient, person: Person, role: Any, name: str
) -> None:
    user = person("ana")
    wanted = {"username": name, "role_id": role("ams", "Admin").pk, "system": "ams"}
    assert ams_admin.post(USER_ROLES, wanted).json()["user_id"] == user.pk
    for nobody, field in (("nobody", "username"), ("", "user_id")):
        answer = ams_admin.post(USER_ROLES, wanted | {"username": nobody})
        assert (answer.status_code, answer.json()["details"]["field"]) == (400, field)


def test_roles_tell_how_many_hold_them(admin: APIClient, person: Person, role: Any) -> None:
    person("ana", ("tts", "L1 Support"))
    person("ben", ("tts", "L1 Support"))
    body = admin.get(f"{ROLES_PATH}{role('tts', 'L1 Support').pk}/").json()
    assert (body["members"], body["is_builtin"]) == (2, True)
    assert admin.post(ROLES_PATH, NEW).json()["members"] == 0


def test_a_role_is_held_once(admin: APIClient, person: Person, role: Any) -> None:
    user = person("ana", ("tts", "L1 Support"))
    l1 = role("tts", "L1 Support")
    wanted = {"user_id": user.pk, "role_id": l1.pk, "system": "tts"}
    answer = admin.post(USER_ROLES, wanted)
    assert (answer.status_code, answer.json()["code"]) == (409, "CONFLICT")


def test_nobody_gives_himself_a_role_or_takes_his_own(
    person: Person, signed_in: Any, role: Any
) -> None:
    user = person("boss", ("tts", "Admin"))
    client = signed_in(user)
    wanted = {"user_id": user.pk, "role_id": role("tts", "L1 Support").pk, "system": "tts"}
    assert client.post(USER_ROLES, wanted).status_code == 403
    mine = Membership.objects.get(user=user)
    assert client.delete(f"{USER_ROLES}{mine.pk}/").status_code == 403


def test_an_administrator_of_another_system_changes_nothing_here(
    ams_admin: APIClient, person: Person, role: Any
) -> None:
    user, l1 = person("ana", ("tts", "L2 Support")), role("tts", "L1 Support")
    held = Membership.objects.get(user=user)
    path = f"{ROLES_PATH}{l1.pk}/"
    before = (Membership.objects.count(), Role.objects.count())
    answers = [
        ams_admin.post(USER_ROLES, {"user_id": user.pk, "role_id": l1.pk, "system": "tts"}),
        ams_admin.delete(f"{USER_ROLES}{held.pk}/"),
        ams_admin.post(ROLES_PATH, NEW),
        ams_admin.patch(path, {"name": "X"}),
        ams_admin.delete(path),
        ams_admin.post(SYSTEMS, {"slug": "crm", "name": "CRM"}),
        ams_admin.patch(f"{SYSTEMS}{l1.system_id}/", {"name": "X"}),
        ams_admin.delete(f"{SYSTEMS}{l1.system_id}/"),
    ]
    assert [each.status_code for each in answers] == [403] * 8
    assert ams_admin.get(f"{USER_ROLES}{held.pk}/").status_code == 404
    assert (Membership.objects.count(), Role.objects.count()) == before
    as_ams = {"user_id": user.pk, "role_id": l1.pk, "system": "ams"}
    assert ams_admin.post(USER_ROLES, as_ams).status_code == 400


def test_he_administers_his_own(ams_admin: APIClient, person: Person) -> None:
    user = person("ana")
    created = ams_admin.post(ROLES_PATH, NEW | {"system": "ams"}).json()
    wanted = {"user_id": user.pk, "role_id": created["id"], "system": "ams"}
    assert ams_admin.post(USER_ROLES, wanted).status_code == 201


def test_an_agent_reaches_none_of_it(agent: APIClient, role: Any) -> None:
    l1 = role("tts", "L1 Support")
    for path in (ROLES_PATH, SYSTEMS, USER_ROLES, f"{ROLES_PATH}{l1.pk}/"):
        answer = agent.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_DENIED")
    assert agent.post(ROLES_PATH, NEW).status_code == 403
    assert agent.post(USER_ROLES, {}).status_code == 403


def test_nobody_unknown_reaches_any_of_it(anonymous: APIClient, builtin: None) -> None:
    for path in (ROLES_PATH, SYSTEMS, USER_ROLES):
        assert anonymous.get(path).status_code == 401
        assert anonymous.post(path, {}).status_code == 401


def test_the_four_systems_are_there_and_protected(admin: APIClient) -> None:
    body = admin.get(SYSTEMS).json()
    assert [each["slug"] for each in body["results"]] == ["tts", "hdts", "ams", "bms"]
    tts = body["results"][0]
    assert set(tts) == {"id", "slug", "name", "description"}
    renamed = admin.patch(f"{SYSTEMS}{tts['id']}/", {"name": "Tickets", "slug": "x"}).json()
    assert (renamed["name"], renamed["slug"]) == ("Tickets", "tts")
    assert admin.delete(f"{SYSTEMS}{tts['id']}/").status_code == 409


def test_a_new_system_brings_its_administrator_role_and_goes_while_unused(
    admin: APIClient,
) -> None:
    created = admin.post(SYSTEMS, {"slug": "crm", "name": "Customers"})
    assert created.status_code == 201
    assert Role.objects.get(system__slug="crm").name == "Admin"
    assert admin.post(SYSTEMS, {"slug": "crm", "name": "Again"}).status_code == 400
    assert admin.post(SYSTEMS, {"slug": "Bad Slug", "name": "X"}).status_code == 400
    assert admin.delete(f"{SYSTEMS}{created.json()['id']}/").status_code == 204
    assert not System.objects.filter(slug="crm").exists()


def test_whoever_loses_a_role_must_refresh_at_once(
    admin: APIClient, person: Person, signed_in: Any
) -> None:
    user = person("boss", ("tts", "Admin"))
    client = signed_in(user)
    assert client.get(ROLES_PATH).status_code == 200
    admin.delete(f"{USER_ROLES}{Membership.objects.get(user=user).pk}/")
    answer = client.get(ROLES_PATH)
    assert (answer.status_code, answer.json()["code"]) == (401, "TOKEN_EXPIRED")


@pytest.mark.parametrize("path", [ROLES_PATH, SYSTEMS, USER_ROLES])
@pytest.mark.parametrize(
    "body",
    [b"{", b"null", b"[]", b"7", b"{}", b'{"user_id": "x", "role_id": -1, "system": []}', b"\xff"],
)
def test_garbage_gets_400(admin: APIClient, path: str, body: bytes) -> None:
    answer = admin.post(path, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("number", [2**62, 2**80, 0, True, 1.5])
def test_numbers_of_nothing_are_refused(admin: APIClient, number: Any) -> None:
    wanted = {"user_id": number, "role_id": number, "system": "tts"}
    assert admin.post(USER_ROLES, wanted).status_code == 400


@pytest.mark.parametrize("path", [ROLES_PATH, SYSTEMS, USER_ROLES])
def test_a_list_costs_the_same_for_few_and_for_many(
    admin: APIClient, person: Person, path: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(path, {"page_size": 100}).status_code == 200
        return len(captured)

    admin.get(path)
    few = queries()
    for number in range(12):
        admin.post(ROLES_PATH, NEW | {"name": f"R{number}"})
        admin.post(SYSTEMS, {"slug": f"s{number}", "name": "S"})
        person(f"p{number}", ("tts", "L1 Support"), password=None)
    assert queries() == few <= 4
