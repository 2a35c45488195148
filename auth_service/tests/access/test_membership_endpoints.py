"""Who holds which role, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from access_paths import NEW, ROLES_PATH, USER_ROLES
from rest_framework.test import APIClient

from auth_service.access.models import Membership
from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
HELD = {
    *("assignment_id", "user_id", "username", "full_name", "role_id", "role_name", "system"),
    *("assigned_at", "is_active"),
}


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


def test_he_administers_his_own(ams_admin: APIClient, person: Person) -> None:
    user = person("ana")
    created = ams_admin.post(ROLES_PATH, NEW | {"system": "ams"}).json()
    wanted = {"user_id": user.pk, "role_id": created["id"], "system": "ams"}
    assert ams_admin.post(USER_ROLES, wanted).status_code == 201


def test_whoever_loses_a_role_must_refresh_at_once(
    admin: APIClient, person: Person, signed_in: Any
) -> None:
    user = person("boss", ("tts", "Admin"))
    client = signed_in(user)
    assert client.get(ROLES_PATH).status_code == 200
    admin.delete(f"{USER_ROLES}{Membership.objects.get(user=user).pk}/")
    answer = client.get(ROLES_PATH)
    assert (answer.status_code, answer.json()["code"]) == (401, "TOKEN_EXPIRED")
