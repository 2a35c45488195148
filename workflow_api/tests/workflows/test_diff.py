"""What a version changed is told step by step, transition by transition, field by field."""

from typing import Any

import pytest
from builders import ADMIN, AT, deployed, edge, node, save_graph
from rest_framework.test import APIClient

from workflow_api.roles.models import Role
from workflow_api.workflows import selectors, services
from workflow_api.workflows.models import Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(support: Role) -> Workflow:
    """A workflow of two steps; its draft renames one, drops the other and adds a third."""
    workflow = deployed(role=support)
    first = selectors.draft_of(workflow).nodes[0].step_id
    kept = selectors.draft_of(workflow).edges[0].transition_id
    nodes = [
        node(first, support, name="Begin", is_start=True, order=1),
        node("temp-new", support, name="New", is_end=True, order=2, weight=2),
    ]
    edges = [edge(first, "temp-new", transition_id=kept, name="Hand on"), edge(first, None)]
    save_graph(workflow, nodes, edges)
    return workflow


def read(client: APIClient, workflow: Workflow, query: str = "", number: int = 1) -> Any:
    path = f"/workflows/{workflow.workflow_id}/versions/{number}/diff/{query}"
    return client.get(path)


def check(body: Any, workflow: Workflow) -> None:
    first, new = selectors.draft_of(workflow).nodes
    assert body["is_same"] is False
    steps, transitions = body["steps"], body["transitions"]
    assert [each["name"] for each in steps["added"]] == ["New"]
    assert [each["name"] for each in steps["removed"]] == ["Last"]
    renamed = {"field": "name", "old": "First", "new": "Begin"}
    assert steps["changed"] == [
        {"step_id": first.step_id, "name": "Begin", "fields_changed": [renamed]}
    ]
    assert [(each["from"], each["to"]) for each in transitions["added"]] == [(first.step_id, None)]
    assert transitions["removed"] == []
    (moved,) = transitions["changed"]
    assert [(each["field"], each["new"]) for each in moved["fields_changed"]] == [
        ("to", new.step_id)
    ]


def test_a_version_is_compared_with_the_draft(agent: APIClient, edited: Workflow) -> None:
    check(read(agent, edited).json(), edited)


def test_two_versions_are_compared_with_their_settings(
    agent: APIClient, admin: APIClient, edited: Workflow
) -> None:
    path = f"/workflows/{edited.workflow_id}/"
    assert admin.patch(path, {"low_sla": "P5D", "department": "Field"}).status_code == 200
    services.deploy(workflow_id=edited.workflow_id, by=ADMIN, at=AT)
    body = read(agent, edited, "?to=2").json()
    check(body, edited)
    settings = {each["field"]: (each["old"], each["new"]) for each in body["settings"]}
    assert settings == {"department": ("", "Field"), "low_sla_s": (259_200.0, 432_000.0)}
    back = read(agent, edited, "?to=1", number=2).json()
    assert [each["name"] for each in back["steps"]["added"]] == ["Last"]


def test_a_version_does_not_differ_from_itself(agent: APIClient, support: Role) -> None:
    workflow = deployed(role=support)
    for query in ("", "?to=1"):
        body = read(agent, workflow, query).json()
        assert (body["is_same"], body["settings"]) == (True, [])


@pytest.mark.parametrize(
    ("query", "number", "status"),
    [("?to=7", 1, 404), ("", 7, 404), ("?to=x", 1, 400), ("?to=0", 1, 400)],
)
def test_what_does_not_exist_is_said(
    agent: APIClient, support: Role, query: str, number: int, status: int
) -> None:
    answer = read(agent, deployed(role=support), query, number)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_diff_costs_the_same_however_large(
    agent: APIClient, edited: Workflow, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        assert read(agent, edited).status_code == 200
