"""The REST surface of definitions."""

from typing import Any

import pytest
from builders import SLAS, deployed, draft, save_graph, two_steps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from workflow_api.roles.models import Role
from workflow_api.workflows.models import Workflow

pytestmark = pytest.mark.django_db

BODY = {
    "name": "Printers",
    "description": "All about printers",
    "category": "IT Support",
    "sub_category": "Printer",
    "department": "Operations",
    "urgent_sla": "PT4H",
    "high_sla": "8 hours",
    "medium_sla": "P1D",
    "low_sla": "2 days",
    "end_logic": "asset",
    "assignment_strategy": "least_loaded",
}


def post(client: APIClient, path: str = "/workflows/", **changed: Any) -> Any:
    return client.post(path, BODY | changed)


def test_a_new_workflow_is_a_draft_with_what_was_sent(admin: APIClient) -> None:
    answer = post(admin)
    assert answer.status_code == 201
    body = answer.json()
    assert body["message"]
    read = admin.get(f"/workflows/{body['workflow_id']}/").json()
    assert read == {key: value for key, value in body.items() if key != "message"}
    assert {key: read[key] for key in BODY} == BODY | {"high_sla": "PT8H", "low_sla": "P2D"}
    assert (read["status"], read["is_published"], read["version"]) == ("draft", False, 1)
    assert (read["calendar"], read["deployed_version"], read["created_by"]) == (None, None, 1)


def test_the_same_idempotency_key_creates_one_workflow(admin: APIClient) -> None:
    headers = {"HTTP_IDEMPOTENCY_KEY": "create-printers-1"}
    first = admin.post("/workflows/", BODY, **headers)
    second = admin.post("/workflows/", BODY, **headers)
    other = admin.post("/workflows/", BODY | {"name": "Other"}, **headers)
    assert first.json() == second.json()
    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert Workflow.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": None}, "name"),
        ({"name": 7}, "name"),
        ({"category": ""}, "category"),
        ({"urgent_sla": "soon"}, "urgent_sla"),
        ({"urgent_sla": "PT0S"}, "urgent_sla"),
        ({"urgent_sla": "-PT4H"}, "urgent_sla"),
        ({"urgent_sla": 1e300}, "urgent_sla"),
        ({"urgent_sla": "PT9H"}, "urgent_sla"),
        ({"low_sla": "P99999D"}, "low_sla"),
        ({"end_logic": "party"}, "end_logic"),
        ({"assignment_strategy": "dice"}, "assignment_strategy"),
        ({"calendar": 4711}, "calendar"),
        ({"calendar": 10**30}, "calendar"),
    ],
)
def test_a_bad_field_is_400_and_named(
    admin: APIClient, changed: dict[str, Any], field: str
) -> None:
    answer = post(admin, **changed)
    assert answer.status_code == 400
    body = answer.json()
    assert body["code"] == "VALIDATION_ERROR"
    assert any(name.startswith(field) for name in body["details"]["errors"])
    assert not Workflow.objects.exists()


def test_all_bad_fields_are_named_at_once(admin: APIClient) -> None:
    errors = post(admin, name="", end_logic="party", low_sla="x").json()["details"]["errors"]
    assert len(errors) >= 3


def test_a_name_is_taken_in_any_case(admin: APIClient) -> None:
    assert post(admin).status_code == 201
    answer = post(admin, name="PRINTERS")
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "name"
    other = post(admin, name="Scanners").json()
    path = f"/workflows/{other['workflow_id']}/"
    assert admin.patch(path, {"name": "printers"}).status_code == 400
    assert admin.patch(path, {"name": "SCANNERS"}).status_code == 200


def test_a_change_touches_only_what_was_sent(admin: APIClient) -> None:
    created = post(admin).json()
    path = f"/workflows/{created['workflow_id']}/"
    changed = admin.patch(path, {"department": "", "urgent_sla": "PT2H"}).json()
    same = {"updated_at", "message", "department", "urgent_sla"}
    assert (changed["department"], changed["urgent_sla"]) == ("", "PT2H")
    assert {k: v for k, v in changed.items() if k not in same} == {
        k: v for k, v in created.items() if k not in same
    }
    rows = admin.get("/audit/?action=workflow_changed").json()["results"]
    assert {row["details"]["field"] for row in rows} == {"department", "urgent_sla"}
    assert {row["ip_address"] for row in rows} == {"127.0.0.1"}


@pytest.mark.parametrize(
    "body", [{"urgent_sla": "P30D"}, {"low_sla": "PT1S"}, {"name": ""}, {"calendar": 5}, [], "x"]
)
def test_a_bad_change_is_400(admin: APIClient, body: Any) -> None:
    path = f"/workflows/{draft().workflow_id}/"
    answer = admin.patch(path, body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "VALIDATION_ERROR"


def test_a_status_is_not_set_but_what_was_read_may_be_sent_back(admin: APIClient) -> None:
    created = post(admin).json()
    path = f"/workflows/{created['workflow_id']}/"
    assert admin.patch(path, created | {"department": "Ops"}).json()["department"] == "Ops"
    answer = admin.patch(path, {"status": "deployed", "department": "Sales"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "status")
    told = admin.get(path).json()
    assert (told["status"], told["department"]) == ("draft", "Ops")


def test_the_list_is_narrowed_and_searched(admin: APIClient, support: Role) -> None:
    deployed("Network", role=support, category="IT", department="Ops")
    draft("Travel", category="HR", description="Flights and network of hotels")

    def names(query: str) -> list[str]:
        return [each["name"] for each in admin.get(f"/workflows/?{query}").json()["results"]]

    assert names("") == ["Network", "Travel"]
    assert names("status=deployed") == ["Network"]
    assert names("category=hr") == ["Travel"]
    assert names("department=OPS") == ["Network"]
    assert names("search=network") == ["Network", "Travel"]
    assert names("search=100%25") == []
    assert admin.get("/workflows/?status=gone").status_code == 400
    assert admin.get("/workflows/?page=7").status_code == 404


def test_from_draft_to_deployed_and_back_over_rest(admin: APIClient, support: Role) -> None:
    workflow = post(admin).json()["workflow_id"]
    path = f"/workflows/{workflow}"
    found = admin.post(f"{path}/validate/").json()
    assert not found["valid"]
    assert [fault["code"] for fault in found["faults"]] == ["NO_START", "NO_END"]
    refused = admin.post(f"{path}/deploy/")
    assert refused.status_code == 400
    assert len(refused.json()["details"]["faults"]) == 2

    nodes, edges = two_steps(support, support)
    saved = admin.put(f"{path}/graph/", {"version": 1, "nodes": nodes, "edges": edges}).json()
    assert saved["status"] == "initialized"
    assert admin.post(f"{path}/validate/").json() == {"valid": True, "faults": []}
    body = admin.post(f"{path}/deploy/").json()
    assert (body["status"], body["is_published"], body["deployed_version"]) == ("deployed", True, 1)
    assert admin.post(f"{path}/pause/").json()["status"] == "paused"
    assert admin.post(f"{path}/pause/").status_code == 409
    assert admin.post(f"{path}/resume/").json()["status"] == "deployed"
    copy = admin.post(f"{path}/clone/", {"name": "Copy"})
    assert (copy.status_code, copy.json()["name"]) == (201, "Copy")
    versions = admin.get(f"{path}/versions/").json()["results"]
    assert [(v["number"], v["is_current"], v["created_by_name"]) for v in versions] == [
        (1, True, "admin")
    ]
    graph = admin.get(f"{path}/versions/1/").json()["graph"]
    assert [node["name"] for node in graph["nodes"]] == ["First", "Last"]
    assert admin.delete(f"{path}/").status_code == 204
    assert admin.get(f"{path}/").status_code == 404


def test_steps_and_transitions_are_read(agent: APIClient, support: Role) -> None:
    workflow = deployed(role=support)
    deployed("Other", role=support)
    query = f"workflow_id={workflow.workflow_id}"
    steps = agent.get(f"/steps/?{query}").json()["results"]
    assert [(s["name"], s["role"], s["workflow_name"]) for s in steps] == [
        ("First", "L1 Support", "IT Support"),
        ("Last", "L1 Support", "IT Support"),
    ]
    assert agent.get(f"/steps/{steps[0]['step_id']}/").json() == steps[0]
    edges = agent.get(f"/transitions/?{query}").json()["results"]
    assert [(e["from_step_name"], e["to_step_name"], e["name"]) for e in edges] == [
        ("First", "Last", "Hand on")
    ]
    assert agent.get(f"/transitions/{edges[0]['transition_id']}/").json() == edges[0]
    assert agent.get("/steps/?workflow_id=x").status_code == 400


READ = ["/workflows/", "/workflows/{}/", "/workflows/{}/graph/", "/workflows/{}/versions/"]
READ += ["/workflows/{}/versions/1/", "/steps/", "/transitions/"]
WRITE = [("post", "/workflows/"), ("patch", "/workflows/{}/"), ("delete", "/workflows/{}/")]
WRITE += [("put", "/workflows/{}/graph/")]
WRITE += [
    ("post", f"/workflows/{{}}/{verb}/")
    for verb in ("validate", "deploy", "pause", "resume", "clone")
]


@pytest.mark.parametrize("path", READ)
def test_every_tts_role_reads_and_nobody_else(
    agent: APIClient, nobody: APIClient, anonymous: APIClient, support: Role, path: str
) -> None:
    path = path.format(deployed(role=support).workflow_id)
    assert agent.get(path).status_code == 200
    assert nobody.get(path).status_code == 403
    assert anonymous.get(path).status_code == 401


@pytest.mark.parametrize(("method", "path"), WRITE)
def test_only_administrators_write(
    agent: APIClient, nobody: APIClient, anonymous: APIClient, support: Role, method: str, path: str
) -> None:
    workflow = deployed(role=support)
    path = path.format(workflow.workflow_id)
    answers = [getattr(who, method)(path, BODY) for who in (agent, nobody, anonymous)]
    assert [answer.status_code for answer in answers] == [403, 403, 401]
    assert answers[0].json()["code"] == "PERMISSION_DENIED"
    unchanged = Workflow.objects.get()
    assert (unchanged.name, unchanged.status) == (workflow.name, "deployed")


@pytest.mark.parametrize("path", [*READ[1:5], "/steps/{}/", "/transitions/{}/"])
@pytest.mark.parametrize("number", [987654321, 10**30])
def test_what_does_not_exist_is_404(agent: APIClient, db: None, path: str, number: int) -> None:
    answer = agent.get(path.format(number))
    assert answer.status_code == 404
    assert answer.json()["code"] == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize(("method", "path"), WRITE[1:])
def test_what_does_not_exist_is_404_for_writes(admin: APIClient, method: str, path: str) -> None:
    body = {"nodes": [], "edges": []}
    assert getattr(admin, method)(path.format(987654321), body).status_code == 404


@pytest.mark.parametrize("path", ["/workflows/", "/steps/", "/transitions/", "/audit/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    admin: APIClient, support: Role, path: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = admin.get(f"{path}?page_size=100")
        assert answer.status_code == 200
        return len(queries)

    deployed("First", role=support)
    before = cost()
    for number in range(12):
        deployed(f"Workflow {number}", role=support)
    assert cost() == before
    assert before == (3 if path == "/audit/" else 2)  # the names of who acted


@pytest.mark.parametrize("path", ["graph/", "versions/"])
def test_the_number_of_queries_does_not_grow_with_the_graph(
    admin: APIClient, support: Role, path: str
) -> None:
    workflow = deployed(role=support)
    path = f"/workflows/{workflow.workflow_id}/{path}"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(path).status_code == 200
        return len(queries)

    before = cost()
    nodes, _ = two_steps(support, support)
    workflow.refresh_from_db()
    more = [nodes[0] | {"step_id": f"temp-{n}", "is_start": n == 0} for n in range(30)]
    save_graph(workflow, more, edges=[])
    assert cost() == before


def test_times_have_defaults_in_order(admin: APIClient) -> None:
    body = admin.post("/workflows/", {"name": "Small", "category": "IT"}).json()
    assert {name: body[name] for name in SLAS} == {
        "urgent_sla": "PT4H",
        "high_sla": "PT8H",
        "medium_sla": "P1D",
        "low_sla": "P3D",
    }
