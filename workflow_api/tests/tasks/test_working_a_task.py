"""A task from its first step to its end, over HTTP."""

import pytest
from world import deliver, received, role, ticket_data, ticket_of, workflow

from servicekit.contracts import (
    AssignmentNotification,
    BulkCreateNotifications,
    TicketStatus,
    TicketSync,
)
from workflow_api.audit.models import AuditRow
from workflow_api.tasks.models import Assignment, Task, TaskEvent

pytestmark = pytest.mark.django_db


def act(client, task, action, **body):
    return client.post(f"/tasks/{task.task_id}/{action}/", body, format="json")


def everything():
    """All that an act may change, for comparing before and after."""
    return (
        list(Task.objects.values().order_by("number")),
        list(Assignment.objects.values().order_by("id")),
        TaskEvent.objects.count(),
        AuditRow.objects.count(),
    )


def test_a_task_is_worked_step_by_step_to_its_end(task, support, ana, dee, ben, outbox_of):
    started = act(ana, task, "start", version=1).json()
    assert (started["status"], started["version"]) == ("in_progress", 2)
    assert started["message"]

    moved = act(
        ana, task, "transition", transition_id=support.ways["Triage>Analysis"], notes="is DNS"
    ).json()
    assert (moved["status"], moved["current_step"]["name"]) == ("pending", "Analysis")
    assert moved["assigned_user"]["user_id"] == 21

    act(dee, task, "start")
    act(dee, task, "transition", transition_id=support.ways["Analysis>Confirm"])
    act(ben, task, "start")
    done = act(ben, task, "complete").json()

    assert done["status"] == "completed"
    assert [each["outcome"] for each in done["assignments"]] == ["done", "done", "done"]
    assert [each["user_id"] for each in done["assignments"]] == [11, 21, 12]
    kinds = [each["kind"] for each in done["history"]]
    assert kinds == [
        "created", "assigned", "task_started", "step_entered", "assigned", "task_started",
        "step_entered", "assigned", "task_started", "task_completed",
    ]  # fmt: skip
    assert done["history"][3]["notes"] == "is DNS"
    assert ticket_of(task.ticket.external_id).state == "resolved"
    assert [each.status for each in outbox_of(TicketStatus)] == ["open", "in_progress", "resolved"]
    assert [each.user_id for each in outbox_of(AssignmentNotification)] == [11, 21, 12]
    sync = outbox_of(TicketSync)[-1].ticket
    assert (sync.participants, sync.owner_id, sync.status) == ([9, 11, 12, 21], 9, "completed")
    versions = [each.ticket.version for each in outbox_of(TicketSync)]
    assert versions == sorted(set(versions))
    told = {each.notification_type for each in outbox_of(BulkCreateNotifications)}
    assert told == {"workflow_step_change", "task_completed"}


def test_every_change_is_in_the_sealed_trail(task, ana):
    act(ana, task, "start")

    rows = AuditRow.objects.filter(task_id=task.task_id).order_by("seq")
    assert [row.action for row in rows] == ["task_created", "task_assigned", "task_started"]
    task.refresh_from_db()
    assert (task.audit_seq, task.audit_hash) == (3, rows[2].hash)


def test_taking_a_transition_starts_the_work_by_itself(task, support, ana):
    moved = act(ana, task, "transition", transition_id=support.ways["Triage>Analysis"]).json()

    assert moved["current_step"]["name"] == "Analysis"
    assert moved["assignments"][0]["started_at"] == moved["assignments"][0]["closed_at"]


def test_a_step_cannot_be_completed_before_it_is_started(task, admin):
    before = everything()

    refused = admin.patch(f"/tasks/{task.task_id}/", {"status": "completed"}, format="json")

    assert (refused.status_code, refused.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    assert everything() == before


def test_a_run_cannot_be_completed_in_the_middle(task, ana):
    act(ana, task, "start")
    before = everything()

    refused = act(ana, task, "complete")

    assert (refused.status_code, refused.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    assert everything() == before


def test_somebody_elses_task_is_refused(task, support, ben):
    before = everything()

    for refused in (
        act(ben, task, "start"),
        act(ben, task, "transition", transition_id=support.ways["Triage>Analysis"]),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_TASK")
    assert everything() == before


def test_an_old_version_is_refused(task, support, ana):
    act(ana, task, "start", version=1)
    before = everything()

    refused = act(ana, task, "transition", transition_id=support.ways["Triage>Analysis"], version=1)

    assert (refused.status_code, refused.json()["code"]) == (409, "STALE_VERSION")
    assert everything() == before


def test_a_transition_of_another_step_changes_nothing(task, support, ana):
    before = everything()

    refused = act(ana, task, "transition", transition_id=support.ways["Analysis>Confirm"])

    assert (refused.status_code, refused.json()["code"]) == (409, "TRANSITION_NOT_ALLOWED")
    assert everything() == before


def test_an_end_of_another_workflow_changes_nothing(task, ana):
    other = workflow(
        [{"name": "Only", "role": role(3, "L1 Support")}],
        [("Only", None, "forward")],
        category="Facilities",
    )
    before = everything()

    refused = act(ana, task, "transition", transition_id=other.ways["Only>-"])

    assert (refused.status_code, refused.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
    assert everything() == before


def test_an_edge_without_target_ends_the_run(ana):
    agents = role(3, "L1 Support", 11)
    short = workflow(
        [{"name": "Only", "role": agents}],
        [("Only", None, "forward"), ("Only", None, "reject")],
    )
    resolved, rejected = received(), received()

    done = act(ana, resolved, "transition", transition_id=short.ways["Only>-"]).json()
    act(ana, rejected, "reject", notes="not for us")

    assert done["status"] == "completed"
    states = {ticket_of(each.ticket.external_id).state for each in (resolved, rejected)}
    assert states == {"resolved", "rejected"}


def test_a_rejection_goes_back_any_number_of_times(task, support, ana, ben, dee):
    forward, back = support.ways["Triage>Analysis"], {"notes": "not enough said"}
    holders = {11: ana, 12: ben}

    for _ in range(12):
        task.refresh_from_db()
        client = holders[task.assignee_id]
        assert act(client, task, "transition", transition_id=forward).status_code == 200
        answer = act(dee, task, "reject", **back)
        assert answer.status_code == 200
        assert answer.json()["current_step"]["name"] == "Triage"

    assert Assignment.objects.filter(closed_at=None).count() == 1
    assert Assignment.objects.filter(outcome="rejected").count() == 12


def test_a_rejection_needs_a_reason(task, support, ana, dee):
    act(ana, task, "transition", transition_id=support.ways["Triage>Analysis"])
    before = everything()

    refused = act(dee, task, "reject", notes="  ")

    assert refused.status_code == 400
    assert refused.json()["details"]["field"] == "notes"
    assert everything() == before


def test_an_approval_takes_the_approve_edge(ana):
    agents = role(3, "L1 Support", 11)
    workflow(
        [
            {"name": "Sign", "role": agents, "requires_approval": True},
            {"name": "File", "role": agents, "is_end": True},
        ],
        [("Sign", "File", "approve"), ("Sign", None, "reject")],
    )
    task = received()

    detail = ana.get(f"/tasks/{task.task_id}/").json()
    assert {each["action"] for each in detail["available_actions"]} >= {"approve", "reject"}
    approved = act(ana, task, "approve").json()

    assert approved["current_step"]["name"] == "File"
    assert approved["assignments"][0]["outcome"] == "approved"


def test_one_member_can_hold_two_steps_of_the_same_role(ana):
    agents = role(3, "L1 Support", 11)
    definition = workflow(
        [{"name": "Do", "role": agents}, {"name": "Check", "role": agents, "is_end": True}],
        [("Do", "Check", "forward")],
    )
    task = received()

    act(ana, task, "transition", transition_id=definition.ways["Do>Check"])
    act(ana, task, "start")

    assert act(ana, task, "complete").json()["status"] == "completed"


def test_a_task_runs_on_its_pinned_version_whatever_is_edited_later(task, support, ana):
    from world import freeze  # noqa: PLC0415

    from workflow_api.workflows.graph import Graph, Node  # noqa: PLC0415

    agents = role(3, "L1 Support")
    only = Node(
        step_id=support.steps["Triage"], name="Renamed", role_id=3, role=agents.name,
        is_start=True, is_end=True,
    )  # fmt: skip
    freeze(support.workflow, Graph((only,), ()))
    deliver(ticket_data("HDTS-new"))

    old = act(ana, task, "transition", transition_id=support.ways["Triage>Analysis"])

    assert old.json()["current_step"]["name"] == "Analysis"
    assert Task.objects.get(ticket__external_id="HDTS-new").current_step_name == "Renamed"


def test_an_admin_may_stand_in_and_is_named(task, admin):
    act(admin, task, "start")

    assert TaskEvent.objects.get(kind="task_started").user_id == 1


def test_a_role_less_token_sees_nothing(task, api_as):
    nobody = api_as(user_id=11, roles=())

    assert nobody.get("/tasks/").json()["results"] == []
    assert nobody.get(f"/tasks/{task.task_id}/").status_code == 404
    assert act(nobody, task, "start").status_code == 404


def test_a_task_that_is_none_is_not_found(ana):
    for task_id in ("T-999999", "T-0", "456", "T-x", "T-" + "9" * 30):
        assert ana.get(f"/tasks/{task_id}/").status_code == 404
