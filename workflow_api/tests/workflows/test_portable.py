"""Definitions as YAML: out, in, and out again."""

from typing import Any

import pytest
from builders import AT, draft, person, role, save_graph, two_steps
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from workflow_api.roles.models import Role
from workflow_api.workflows import demo, portable, services
from workflow_api.workflows.models import Step, Workflow

pytestmark = pytest.mark.django_db
HUGE = f"0x{'f' * 5000}"


def export(client: APIClient, number: int) -> str:
    answer = client.get(f"/workflows/{number}/export/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/yaml"
    return str(answer.content.decode())


def bring(client: APIClient, text: str, query: str = "") -> Any:
    return client.post(f"/workflows/import/{query}", {"yaml": text})


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    assert portable.read(portable.write({"a": text, "b": [text]})) == {"a": text, "b": [text]}


def test_the_demo_comes_back_the_same(admin: APIClient) -> None:
    for number, name in enumerate(sorted(demo.role_names()), start=1):
        person(number, f"user{number}", role(100 + number, name))
    services.seed_demo(at=AT)
    for workflow in list(Workflow.objects.all()):
        text = export(admin, workflow.workflow_id)
        assert text.endswith("\n")
        assert "_id" not in text
        again = text.replace(f"name: {workflow.name}\n", f"name: {workflow.name} 2\n", 1)
        answer = bring(admin, again)
        assert answer.status_code == 201, answer.json()
        assert export(admin, answer.json()["workflow_id"]) == again


def test_times_are_written_as_everywhere_else(admin: APIClient, support: Role) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    told = admin.get(f"/workflows/{workflow.workflow_id}/").json()
    text = export(admin, workflow.workflow_id)
    for each in ("low", "medium", "high", "urgent"):
        assert f"{each}_sla: {told[f'{each}_sla']}\n" in text


@pytest.mark.parametrize("name", ["application/yaml", "application/x-yaml", "text/yaml"])
def test_yaml_is_taken_under_each_of_its_names(admin: APIClient, support: Role, name: str) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    text = export(admin, workflow.workflow_id).replace(workflow.name, "Another")
    answer = admin.post("/workflows/import/", text, content_type=name)
    assert (answer.status_code, answer.json()["name"]) == (201, "Another")


def test_onto_a_draft_steps_keep_their_numbers(admin: APIClient, support: Role) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    number = workflow.workflow_id
    steps = set(Step.objects.values_list("step_id", "name"))
    text = export(admin, number).replace("Hand on", "Pass on")
    assert bring(admin, text, f"?replace={number}").status_code == 400
    assert bring(admin, text, f"?replace={number}&version=1").status_code == 409
    tried = bring(admin, text, f"?replace={number}&version=2&dry_run=true").json()
    assert tried["import_result"] == "changed"
    assert "Hand on" in export(admin, number)
    assert bring(admin, text, f"?replace={number}&version=2").status_code == 200
    assert export(admin, number) == text
    assert set(Step.objects.values_list("step_id", "name")) == steps


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("role: tts/", "role: tts/No ", "steps[0].role"),
        ("to: Last", "to: Nowhere", "transitions[0].to"),
        ("weight: 1", "wait: 1", "steps[0].wait"),
        ("category: IT", "colour: IT", "colour"),
        ("calendar: null", "calendar: Moon", "calendar"),
        ("name: First", "name: &a First", "yaml"),
        ("name: First", "name: !!str First", "yaml"),
    ],
)
def test_a_fault_is_named_with_its_path(
    admin: APIClient, support: Role, old: str, new: str, path: str
) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    text = export(admin, workflow.workflow_id)
    assert old in text
    answer = bring(admin, text.replace(old, new, 1).replace("name: IT", "name: New IT", 1))
    assert answer.status_code == 400
    details = answer.json()["details"]
    assert path in details.get("errors", {}) or details.get("field") == path
    assert Workflow.objects.count() == 1


@pytest.mark.parametrize("field", ["name", "calendar", "low_sla"])
def test_a_number_of_thousands_of_digits_is_refused(admin: APIClient, field: str) -> None:
    lines = {"name": "a", "category": "b", "steps": "[]", "transitions": "[]"}
    text = "\n".join(f"{key}: {value}" for key, value in (lines | {field: HUGE}).items())
    assert bring(admin, text).status_code == 400
    step = lines | {"steps": f"[{{name: {HUGE}, role: {HUGE}}}]"}
    text = "\n".join(f"{key}: {value}" for key, value in step.items())
    assert bring(admin, text).status_code == 400


def test_an_import_is_no_dry_run_by_a_word_in_its_body(admin: APIClient, support: Role) -> None:
    workflow = draft()
    save_graph(workflow, *two_steps(support, support))
    text = export(admin, workflow.workflow_id).replace(workflow.name, "Another")
    answer = admin.post("/workflows/import/", {"yaml": text, "dry_run": True})
    assert answer.status_code == 400
    assert "dry_run" in answer.json()["details"]["errors"]
    assert not Workflow.objects.filter(name="Another").exists()


def test_one_key_imports_once_and_a_dry_run_is_another_request(admin: APIClient) -> None:
    text, key = "name: a\ncategory: b\nsteps: []\ntransitions: []\n", {"Idempotency-Key": "k"}

    def send(query: str) -> Any:
        return admin.post(f"/workflows/import/{query}", {"yaml": text}, headers=key)

    first, again = send(""), send("")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Workflow.objects.count() == 1
    assert send("?dry_run=true").status_code == 422


@pytest.mark.parametrize(
    "text", ['name: "a\\0"', "[" * 5000, "a: 1\na: 2", "x" * 300_000, "- a", ""]
)
def test_what_is_no_definition_is_refused(admin: APIClient, text: str) -> None:
    assert bring(admin, text).status_code == 400


def test_only_administrators_import(agent: APIClient) -> None:
    assert bring(agent, "name: x").status_code == 403
