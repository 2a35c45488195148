"""Service clients: each scope opens the reading of one kind of thing, all of it, and no more."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from workflow_api.tasks.models import Task

pytestmark = pytest.mark.django_db
OPENED = {
    "tasks:read": ["/tasks/", "/tasks/T-{number}/"],
    "tickets:read": ["/tickets/", "/tickets/unmatched/", "/tickets/{ticket_id}/"],
    "workflows:read": [
        "/workflows/",
        "/workflows/{workflow_id}/",
        "/workflows/{workflow_id}/graph/",
        "/workflows/{workflow_id}/versions/",
        "/workflows/{workflow_id}/versions/1/",
        "/workflows/{workflow_id}/export/",
        "/steps/",
        "/transitions/",
    ],
    "audit:read": ["/audit/", "/audit/verify/"],
}
NEVER = ["/roles/", "/ingest/", "/dead-letters/", "/reports/fairness/", "/people/me/availability/"]
WRITES = [
    ("post", "/tasks/bulk/"),
    ("post", "/tasks/T-{number}/start/"),
    ("patch", "/tasks/T-{number}/"),
    ("post", "/workflows/"),
    ("put", "/workflows/{workflow_id}/graph/"),
    ("delete", "/workflows/{workflow_id}/"),
    ("post", "/workflows/{workflow_id}/deploy/"),
    ("post", "/tickets/{ticket_id}/assign-workflow/"),
]
Client = Callable[..., APIClient]


@pytest.fixture
def run(task: Task) -> dict[str, Any]:
    """The ids of one task, its ticket and its workflow."""
    return {
        "number": task.number,
        "ticket_id": task.ticket_id,
        "workflow_id": task.workflow_id,
    }


@pytest.fixture
def machine(api_as: Client) -> Client:
    """Return a maker of service clients with these scopes."""

    def make(*scopes: str, audience: str = "workflow_api") -> APIClient:
        return api_as(
            sub=f"client:{uuid.uuid4().hex}", scope=" ".join(scopes), roles=(), aud=audience
        )

    return make


def statuses(client: APIClient, paths: list[str], run: dict[str, Any]) -> set[int]:
    return {client.get(path.format_map(run)).status_code for path in paths}


@pytest.mark.parametrize("scope", OPENED)
def test_a_scope_opens_its_kind_and_nothing_else(
    machine: Client, run: dict[str, Any], scope: str
) -> None:
    client = machine(scope)
    assert statuses(client, OPENED[scope], run) == {200}
    closed = [path for other in OPENED if other != scope for path in OPENED[other]]
    assert statuses(client, closed + NEVER, run) == {403}


def test_no_scope_writes(machine: Client, run: dict[str, Any]) -> None:
    client = machine(*OPENED, "users:read", "notifications:send")
    for method, path in WRITES:
        answer = getattr(client, method)(path.format_map(run), {})
        assert (answer.status_code, answer.json()["code"]) == (403, "PERMISSION_DENIED"), path
    assert statuses(client, NEVER, run) == {403}


def test_everything_of_its_kind_is_seen(
    machine: Client, admin: APIClient, run: dict[str, Any]
) -> None:
    client = machine(*OPENED)
    for path in ("/tasks/", "/tickets/", "/workflows/", "/audit/"):
        seen, all_of_it = client.get(path).json(), admin.get(path).json()
        assert seen["results"] == all_of_it["results"] != []
    shown = client.get(f"/tasks/T-{run['number']}/").json()
    assert shown["available_actions"] == []
    assert client.get("/tasks/", {"mine": "true"}).json()["results"] == []


def test_a_token_for_another_service_opens_nothing(machine: Client, run: dict[str, Any]) -> None:
    client = machine(*OPENED, audience="messaging_service")
    assert statuses(client, OPENED["tasks:read"] + NEVER, run) == {401}


def test_a_permission_of_a_person_is_no_scope(api_as: Client, run: dict[str, Any]) -> None:
    person = api_as(user_id=77, username="sly", roles=(), permissions=[*OPENED])
    assert person.get("/tasks/").json()["results"] == []
    assert person.get("/tickets/").json()["results"] == []
    assert person.get("/workflows/").status_code == 403
    assert person.get("/audit/").status_code == 403
