"""Lists: what they hold, for whom, and at what cost."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from listing import cursor_of, ids
from world import received

from workflow_api.tasks.models import Task

pytestmark = pytest.mark.django_db


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_an_item_has_what_the_contract_names(task, ana):
    [item] = ana.get("/tasks/").json()["results"]

    assert item.keys() >= {
        "task_id", "ticket_id", "workflow_id", "workflow_name", "external_ticket_id", "title",
        "description", "priority", "status", "assigned_user", "assigned_user_name",
        "current_step", "current_step_name", "role", "sla_deadline", "step_deadline",
        "sla_state", "created_at", "started_at", "version",
    }  # fmt: skip
    assert item["task_id"] == task.task_id
    assert item["ticket_id"] == task.ticket_id
    assert (item["assigned_user"], item["assigned_user_name"]) == (11, "User 11")
    assert (item["role"], item["sla_state"]) == ("L1 Support", "ok")


def test_a_detail_adds_people_workflow_history_and_actions(task, support, ana):
    detail = ana.get(f"/tasks/{task.task_id}/").json()

    assert detail["workflow"]["name"] == support.workflow.name
    assert detail["current_step"]["role"] == "L1 Support"
    assert (detail["assigned_user"]["user_id"], detail["owner"]["user_id"]) == (11, 9)
    assert [each["kind"] for each in detail["history"]] == ["created", "assigned"]
    assert detail["is_sla_breached"] is False
    assert detail["external_approvals"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/tasks/",
        "/tasks/?cursor=",
        "/tasks/?sla=ok&search=net",
        "/tasks/?status=open&sla=breached&ordering=sla_deadline&mine=true&role=3&priority=high",
        "/tickets/",
        "/tickets/?ordering=-priority&category=it support",
        "/tickets/?search=network&cursor=",
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(support, ana, admin, path):
    received()
    before = queries(ana, path), queries(admin, path)
    for _ in range(8):
        received()

    assert (queries(ana, path), queries(admin, path)) == before
    assert max(before) <= (14 if "search" in path else 9)


def test_the_history_has_the_names_that_colleagues_know(task, ana):
    ana.post(f"/tasks/{task.task_id}/start/", {})

    lines = ana.get(f"/tasks/{task.task_id}/").json()["history"]

    assert [(line["kind"], line["user_name"], line["user_full_name"]) for line in lines] == [
        ("created", "", ""),
        ("assigned", "", ""),
        ("task_started", "user11", "User 11"),
    ]
    assert [line["to_user_full_name"] for line in lines] == ["", "User 11", ""]


def test_the_cost_of_a_detail_does_not_grow_with_its_history(task, support, ana, dee):
    url = f"/tasks/{task.task_id}/"
    ana.post(f"{url}start/")
    before = queries(ana, url)
    for _ in range(5):
        ana.patch(url, {"status": "pending"}, format="json")
        ana.post(f"{url}start/")

    assert queries(ana, url) == before


def test_filters_narrow_the_list(support, ana):
    first = received(external_id="HDTS-A", priority="urgent", title="Printer on fire")
    second = received(external_id="HDTS-B", priority="low")
    Task.objects.filter(number=second.number).update(state="in_progress")

    def found(query):
        return set(ids(ana.get(f"/tasks/?{query}")))

    assert found("") == {first.task_id, second.task_id}
    assert found("mine=true") == {first.task_id}
    assert found("assigned_user=12") == {second.task_id}
    assert found("status=in_progress") == {second.task_id}
    assert found("status=open") == {first.task_id, second.task_id}
    assert found("priority=urgent") == {first.task_id}
    assert found("role=l1 support") == {first.task_id, second.task_id}
    assert found("role=4") == set()
    assert found(f"workflow_id={support.workflow.workflow_id}") == {first.task_id, second.task_id}
    assert found("search=hdts-a") == {first.task_id}
    assert found("search=FIRE") == {first.task_id}
    assert found(f"search={second.task_id}") == {second.task_id}
    assert found("unassigned=true") == set()


def test_sla_states_divide_the_list(support, ana):
    now = timezone.now()
    late, near, fine, paused = (received() for _ in range(4))
    Task.objects.filter(number=late.number).update(
        sla_deadline=now - timedelta(minutes=1), sla_warn_at=now - timedelta(hours=1)
    )
    Task.objects.filter(number=near.number).update(sla_warn_at=now - timedelta(minutes=1))
    Task.objects.filter(number=paused.number).update(
        state="on_hold",
        paused_at=now - timedelta(days=2),
        sla_deadline=now - timedelta(minutes=1),
        sla_warn_at=now - timedelta(hours=1),
    )

    by_state = {
        state: ids(ana.get(f"/tasks/?sla={state}")) for state in ("ok", "at_risk", "breached")
    }

    assert by_state == {
        "ok": [paused.task_id, fine.task_id],
        "at_risk": [near.task_id],
        "breached": [late.task_id],
    }
    for state, found in by_state.items():
        for task_id in found:
            assert ana.get(f"/tasks/{task_id}/").json()["sla_state"] == state


def test_the_order_is_what_was_asked_for(support, ana):
    low, urgent = received(priority="low"), received(priority="urgent")

    assert ids(ana.get("/tasks/")) == [urgent.task_id, low.task_id]
    assert ids(ana.get("/tasks/?ordering=-priority")) == [urgent.task_id, low.task_id]
    assert ids(ana.get("/tasks/?ordering=priority")) == [low.task_id, urgent.task_id]
    assert ids(ana.get("/tasks/?ordering=-sla_deadline")) == [low.task_id, urgent.task_id]


@pytest.mark.parametrize(
    "query", ["status=lost", "priority=huge", "sla=x", "ordering=password", "assigned_user=abc"]
)
def test_a_filter_that_is_none_is_a_bad_request(support, ana, query):
    answer = ana.get(f"/tasks/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")


def test_pages_and_cursors_reach_every_task_once(support, ana):
    wanted = {received().task_id for _ in range(7)}

    by_page = [ids(ana.get(f"/tasks/?page_size=3&page={page}")) for page in (1, 2, 3)]
    assert ana.get("/tasks/?page_size=3").json()["count"] == 7
    assert {each for page in by_page for each in page} == wanted

    url, by_cursor = "/tasks/?page_size=3&cursor=", []
    while url:
        answer = ana.get(url)
        by_cursor += ids(answer)
        url = answer.json()["next"]
    assert sorted(by_cursor) == sorted(wanted)


@pytest.mark.parametrize(
    "ordering",
    ["task_id", "created_at", "-priority", "priority", "status", "sla_deadline", "-step_deadline"],
)
def test_every_order_has_cursors_both_ways(support, ana, ordering):
    levels = itertools.cycle(("low", "medium", "high", "urgent"))
    for _ in range(7):
        received(priority=next(levels))
    expected = ids(ana.get(f"/tasks/?ordering={ordering}"))

    pages, url = [], f"/tasks/?ordering={ordering}&page_size=3&cursor="
    while url:
        pages.append(ana.get(url))
        url = pages[-1].json()["next"]
    back = ana.get(pages[-1].json()["previous"])

    assert [each for page in pages for each in ids(page)] == expected
    assert ids(back) == ids(pages[-2])
    other = ana.get(f"/tasks/?ordering=-task_id&cursor={cursor_of(pages[0])}")
    assert (other.status_code, other.json()["details"]["field"]) == (400, "cursor")


def test_a_number_beyond_all_is_not_found(support, admin):
    huge = 10**30
    for path in (f"/tickets/{huge}/", f"/ingest/{huge}/", f"/dead-letters/{huge}/"):
        assert admin.get(path).status_code == 404
    assert admin.post(f"/ingest/{huge}/replay/").status_code == 404
    body = {"workflow_id": support.workflow.workflow_id}
    answer = admin.post(f"/tickets/{huge}/assign-workflow/", body, format="json")
    assert answer.status_code == 404
    assert admin.get(f"/tasks/?search={huge}&role={huge}").status_code == 200
    assert admin.get(f"/tasks/?search=T-{huge}").status_code == 200
