"""Forks and joins through the API: saved, refused, frozen, compared, written out and read in."""

import pytest
from builders import draft, edge, node
from rest_framework.test import APIClient

from workflow_api.roles.models import Role
from workflow_api.workflows.models import Step, Workflow

pytestmark = pytest.mark.django_db


def side_by_side(
    role: Role, *, join: object = "all"
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    nodes = [
        node("temp-ask", role, name="Ask", is_start=True, fork=True),
        node("temp-check", role, name="Check"),
        node("temp-order", role, name="Order"),
        node("temp-hand", role, name="Hand over", is_end=True, join=join),
    ]
    ways = ("ask", "check"), ("ask", "order"), ("check", "hand"), ("order", "hand")
    return nodes, [edge(f"temp-{a}", f"temp-{b}") for a, b in ways]


def saved(admin: APIClient, role: Role, **values: object) -> Workflow:
    workflow = draft()
    nodes, edges = side_by_side(role, **values)
    answer = admin.put(
        f"/workflows/{workflow.workflow_id}/graph/",
        {"nodes": nodes, "edges": edges, "version": 1},
        format="json",
    )
    assert answer.status_code == 200, answer.json()
    return workflow


def marks(graph: dict[str, list[dict[str, object]]]) -> list[tuple[object, ...]]:
    return [(each["name"], each["fork"], each["join"]) for each in graph["nodes"]]


@pytest.mark.parametrize("join", ["all", "first", 2])
def test_the_graph_is_read_as_it_was_saved(admin: APIClient, support: Role, join: object) -> None:
    number = saved(admin, support, join=join).workflow_id

    expected = [("Ask", True, None), ("Check", False, None), ("Order", False, None)]
    assert marks(admin.get(f"/workflows/{number}/graph/").json()) == [
        *expected,
        ("Hand over", False, join),
    ]
    steps = admin.get(f"/steps/?workflow_id={number}").json()["results"]
    assert {each["name"]: each["join"] for each in steps}["Hand over"] == join
    assert admin.post(f"/workflows/{number}/deploy/").status_code == 200
    version = admin.get(f"/workflows/{number}/versions/1/").json()
    assert marks(version["graph"])[-1] == ("Hand over", False, join)


@pytest.mark.parametrize("join", ["some", 0, -1, 201, "2", 1.5, True])
def test_a_join_that_makes_no_sense_is_refused(
    admin: APIClient, support: Role, join: object
) -> None:
    nodes, edges = side_by_side(support, join=join)
    url = f"/workflows/{draft().workflow_id}/graph/"
    answer = admin.put(url, {"nodes": nodes, "edges": edges}, format="json")
    assert answer.status_code == 400
    assert any(name.startswith("nodes.3.join") for name in answer.json()["details"]["errors"])


def test_faults_of_parallel_work_keep_it_from_being_deployed(
    admin: APIClient, support: Role
) -> None:
    number = saved(admin, support, join=3).workflow_id
    answer = admin.post(f"/workflows/{number}/deploy/")
    assert answer.status_code == 400
    assert [each["code"] for each in answer.json()["details"]["faults"]] == [
        "JOIN_WAITS_FOR_TOO_MANY"
    ]


def test_what_was_exported_is_imported_the_same(admin: APIClient, support: Role) -> None:
    number = saved(admin, support, join=1).workflow_id
    text = admin.get(f"/workflows/{number}/export/").content.decode()
    assert text.count("fork: true") == 1
    assert text.count("join: 1") == 1
    assert text.count("fork:") == 1

    again = text.replace("name: IT Support\n", "name: Another\n", 1)
    made = admin.post("/workflows/import/", {"yaml": again}).json()

    assert admin.get(f"/workflows/{made['workflow_id']}/export/").content.decode() == again


def test_a_diff_shows_what_was_made_parallel(admin: APIClient, support: Role) -> None:
    workflow = saved(admin, support)
    number = workflow.workflow_id
    assert admin.post(f"/workflows/{number}/deploy/").status_code == 200
    Step.objects.filter(workflow=workflow, name="Hand over").update(join="first")

    found = admin.get(f"/workflows/{number}/versions/1/diff/").json()

    (changed,) = found["steps"]["changed"]
    assert changed["fields_changed"] == [{"field": "join", "old": "all", "new": "first"}]


def test_the_database_knows_the_joins() -> None:
    step = Step(name="Odd", join="none", workflow=draft())
    with pytest.raises(Exception, match="step_join_known"):
        step.save()
