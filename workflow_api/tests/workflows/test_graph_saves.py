"""Saving a whole graph: numbers that stay, names that are mapped, who was first."""

from collections.abc import Callable

import pytest
from builders import ADMIN, AT, deployed, draft, edge, node, save_graph, two_steps
from rest_framework.test import APIClient

from servicekit.testing.races import race
from workflow_api.roles.models import Role
from workflow_api.workflows import selectors, services
from workflow_api.workflows.models import Workflow


@pytest.mark.django_db
def test_temporary_names_get_numbers_and_edges_follow(support: Role) -> None:
    saved = save_graph(draft(), *two_steps(support, support))
    first, last = saved.ids["temp-first"], saved.ids["temp-last"]
    assert [each.step_id for each in saved.graph.nodes] == [first, last]
    only = saved.graph.edges[0]
    assert (only.from_step, only.to_step, only.name) == (first, last, "Hand on")


@pytest.mark.django_db
def test_what_is_sent_back_unchanged_keeps_every_number(support: Role, admin: APIClient) -> None:
    workflow = deployed(role=support)
    path = f"/workflows/{workflow.workflow_id}/graph/"
    before = admin.get(path).json()
    after = admin.put(path, before).json()
    assert after["nodes"] == before["nodes"]
    assert after["edges"] == before["edges"]
    assert after["version"] == before["version"] + 1
    for each in before["edges"]:
        del each["transition_id"]
    again = admin.put(path, before | {"version": after["version"]}).json()
    assert again["edges"] == after["edges"]


@pytest.mark.django_db
def test_what_is_not_sent_is_deleted(support: Role) -> None:
    workflow = draft()
    ids = save_graph(workflow, *two_steps(support, support)).ids
    workflow.refresh_from_db()
    kept = node(ids["temp-last"], support, is_start=True, is_end=True)
    saved = save_graph(workflow, [kept], [])
    assert [each.step_id for each in saved.graph.nodes] == [ids["temp-last"]]
    assert saved.graph.edges == ()


@pytest.mark.django_db
def test_roles_go_by_name_in_any_case_or_by_number(support: Role) -> None:
    nodes = [
        node("temp-a", None) | {"role": "l1 SUPPORT"},
        node("temp-b", None) | {"role": 101},
        node("temp-c", None) | {"role_id": 101},
        node("temp-d", None) | {"role": ""},
    ]
    saved = save_graph(draft(), nodes, [])
    assert [each.role_id for each in saved.graph.nodes] == [101, 101, 101, None]


@pytest.mark.django_db
def test_everything_that_does_not_exist_is_named_at_once(support: Role, admin: APIClient) -> None:
    foreign = deployed("Other", role=support)
    foreign_step = selectors.draft_of(foreign).nodes[0].step_id
    workflow = draft()
    body = {
        "version": 1,
        "nodes": [
            node(foreign_step, support),
            node("temp-a", support) | {"role": "Nobody", "escalate_to": 4711},
            node("temp-a", support),
        ],
        "edges": [edge("temp-a", "temp-gone"), edge(foreign_step + 999, None)],
    }
    answer = admin.put(f"/workflows/{workflow.workflow_id}/graph/", body)
    assert answer.status_code == 400
    assert set(answer.json()["details"]["errors"]) == {
        "nodes.0.step_id",
        "nodes.1.role",
        "nodes.1.escalate_to",
        "nodes.2.step_id",
        "edges.0.to",
        "edges.1.from",
    }
    assert selectors.draft_of(workflow).nodes == ()


@pytest.mark.django_db
def test_who_has_read_an_old_graph_learns_who_saved_it(support: Role, admin: APIClient) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    body = {"version": 1, "nodes": [], "edges": []}
    answer = admin.put(f"/workflows/{workflow.workflow_id}/graph/", body)
    assert answer.status_code == 409
    assert answer.json()["details"]["saved_by"] == "admin"
    assert answer.json()["details"]["saved_at"] == AT.isoformat(timespec="seconds")
    assert answer.json()["details"]["version"] == 2
    assert len(selectors.draft_of(workflow).nodes) == 2


@pytest.mark.django_db
def test_only_an_empty_graph_is_saved_without_a_version(support: Role, admin: APIClient) -> None:
    path = f"/workflows/{draft().workflow_id}/graph/"
    nodes, edges = two_steps(support, support)
    assert admin.put(path, {"nodes": nodes, "edges": edges}).status_code == 200
    answer = admin.put(path, {"nodes": nodes, "edges": edges})
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "version"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        [],
        None,
        {},
        {"nodes": {}, "edges": []},
        {"nodes": [1], "edges": []},
        {"nodes": [{"step_id": "5", "name": "x"}], "edges": []},
        {"nodes": [{"step_id": -1, "name": "x"}], "edges": []},
        {"nodes": [{"step_id": 10**30, "name": "x"}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": ""}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x" * 121}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "a\x00b"}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "weight": "NaN"}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "weight": 1e300}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "order": 2**31}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "kind": "robot"}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "role": []}], "edges": []},
        {"nodes": [{"step_id": "temp-x", "name": "x", "position": 7}], "edges": []},
        {"nodes": [], "edges": [{"from": None, "to": None}]},
        {"nodes": [], "edges": [{"to": "temp-x"}]},
        {"nodes": [], "edges": [], "version": "new"},
        {"nodes": [{"step_id": f"temp-{n}", "name": "x"} for n in range(201)], "edges": []},
    ],
)
def test_garbage_is_a_400_with_the_error_body(admin: APIClient, body: object) -> None:
    answer = admin.put(f"/workflows/{draft().workflow_id}/graph/", body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "VALIDATION_ERROR"
    assert answer.json()["error"]


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_saves_one_wins_and_one_is_told(
    support: Role, api_as: Callable[..., APIClient]
) -> None:
    workflow: Workflow = draft()
    nodes, edges = two_steps(support, support)
    body = {"version": workflow.revision, "nodes": nodes, "edges": edges}

    def save(username: str) -> int:
        client = api_as(user_id=1, username=username, roles=(("tts", "Admin"),))
        return client.put(f"/workflows/{workflow.workflow_id}/graph/", body).status_code

    statuses = race(lambda: save("admin"), lambda: save("second"))

    assert sorted(statuses) == [200, 409]
    assert len(selectors.draft_of(workflow).nodes) == 2


@pytest.mark.django_db
def test_a_save_leaves_a_row_in_the_trail(support: Role, admin: APIClient) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    services.deploy(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)
    rows = admin.get("/audit/?action=workflow_graph_saved").json()["results"]
    assert [row["details"]["steps"] for row in rows] == [2]
