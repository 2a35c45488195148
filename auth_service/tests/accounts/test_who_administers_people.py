"""Who may read and change people over HTTP, and whom."""

from collections.abc import Callable
from typing import Any

import pytest
from newcomers import NEW, USERS
from rest_framework.test import APIClient

from auth_service.accounts.models import User

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def test_nobody_deactivates_himself(person: Person, signed_in: Any) -> None:
    user = person("boss", ("tts", "Admin"))
    client = signed_in(user)
    assert client.delete(f"{USERS}{user.pk}/").status_code == 409
    assert client.get(f"{USERS}me/").status_code == 200


def test_a_superuser_is_out_of_reach_of_administrators(admin: APIClient, person: Person) -> None:
    root = person("root", is_superuser=True)
    for answer in (
        admin.patch(f"{USERS}{root.pk}/", {"email": "mine@example.com"}),
        admin.delete(f"{USERS}{root.pk}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize("who", ["agent", "ams_admin"])
def test_others_may_not_administer_people(
    who: str, person: Person, request: pytest.FixtureRequest
) -> None:
    client: APIClient = request.getfixturevalue(who)
    user = person("ana")
    answers = [
        client.get(USERS),
        client.post(USERS, NEW),
        client.get(f"{USERS}{user.pk}/"),
        client.put(f"{USERS}{user.pk}/", NEW),
        client.patch(f"{USERS}{user.pk}/", {"first_name": "X"}),
        client.delete(f"{USERS}{user.pk}/"),
    ]
    assert [each.status_code for each in answers] == [403] * 6


def test_nobody_unknown_reads_people(anonymous: APIClient, builtin: None) -> None:
    for path in (USERS, f"{USERS}1/", f"{USERS}me/"):
        assert anonymous.get(path).status_code == 401


def test_everybody_reads_and_names_himself(agent: APIClient) -> None:
    body = agent.get(f"{USERS}me/").json()
    assert body["username"] == "tts.agent"
    assert [each["role_name"] for each in body["roles"]] == ["L1 Support"]
    wanted = {"first_name": "Ana", "phone": "+49 30 123456"}
    changed = agent.patch(f"{USERS}me/", wanted).json()
    assert changed["first_name"] == "Ana"
    assert (changed["username"], changed["email"]) == ("tts.agent", "tts.agent@example.com")
    assert changed["is_active"] is True


def test_a_service_client_with_the_scope_reads_people_and_changes_none(
    anonymous: APIClient, admin: APIClient
) -> None:
    made = admin.post(
        "/api/v1/service-clients/",
        {"name": "sync", "audiences": ["auth_service"], "scopes": ["users:read"]},
    ).json()
    body = {key: made[key] for key in ("client_id", "client_secret")}
    token = anonymous.post("/service-token/", body | {"audience": "auth_service"}).json()
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {token['access']}")
    assert anonymous.get("/api/v1/users/").status_code == 200
    assert anonymous.post("/api/v1/users/", {}).status_code == 403
    assert anonymous.get("/api/v1/roles/").status_code == 403
