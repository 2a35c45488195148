"""Systems, and what holds for every path of access: who gets in, garbage, cost."""

from collections.abc import Callable
from typing import Any

import pytest
from access_paths import NEW, ROLES_PATH, SYSTEMS, USER_ROLES
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from auth_service.access.models import Membership, Role, System
from auth_service.accounts.models import User

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


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
