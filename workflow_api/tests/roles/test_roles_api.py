"""GET /roles/: who may read, what stands there, how many queries it takes."""

import pytest
from builders import person, role
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from workflow_api.roles.models import Role

pytestmark = pytest.mark.django_db


def test_an_agent_reads_roles_with_their_numbers_of_members(
    agent: APIClient, support: Role
) -> None:
    person(12, "l1.ben", support)
    body = agent.get("/roles/").json()
    assert body["count"] == 1
    assert body["results"][0] == {
        "role_id": 101,
        "name": "L1 Support",
        "system": "tts",
        "description": "",
        "is_active": True,
        "member_count": 2,
    }


def test_the_list_is_narrowed(agent: APIClient, support: Role) -> None:
    role(7, "Admin", system="ams")
    role(8, "Old", action="delete")

    def names(query: str) -> list[str]:
        return [each["name"] for each in agent.get(f"/roles/?{query}").json()["results"]]

    assert names("system=ams") == ["Admin"]
    assert names("search=l1") == ["L1 Support"]
    assert names("is_active=false") == ["Old"]


def test_one_role_and_its_members(agent: APIClient, support: Role) -> None:
    assert agent.get("/roles/101/").json()["name"] == "L1 Support"
    members = agent.get("/roles/101/members/").json()["results"]
    assert [member["username"] for member in members] == ["l1.ana"]


@pytest.mark.parametrize("path", ["/roles/5/", f"/roles/{10**30}/", "/roles/5/members/"])
def test_an_unknown_role_is_404(agent: APIClient, db: None, path: str) -> None:
    answer = agent.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize("path", ["/roles/", "/roles/101/", "/roles/101/members/"])
def test_nothing_is_shown_without_a_role_or_a_token(
    nobody: APIClient, anonymous: APIClient, support: Role, path: str
) -> None:
    assert nobody.get(path).status_code == 403
    assert anonymous.get(path).status_code == 401


def test_garbage_in_a_filter_is_named(agent: APIClient, db: None) -> None:
    answer = agent.get("/roles/?is_active=perhaps")
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "is_active"


def test_the_number_of_queries_does_not_grow_with_the_roles(
    agent: APIClient, support: Role
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert agent.get("/roles/?page_size=100").status_code == 200
        return len(queries)

    before = cost()
    for number in range(20):
        person(200 + number, f"p{number}", role(300 + number, f"Role {number}"))
    assert cost() == before == 2
