"""Tasks taken to another version: what changes, what stays, what is said about it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from migrating import ADMIN, SHORT, is_whole, migrate
from versions import next_version
from world import received, role, workflow

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications, TicketSync
from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Member
from workflow_api.tasks.models import Approval, Assignment, Branch, Task, TaskEvent
from workflow_api.workflows import services as workflows

pytestmark = pytest.mark.django_db


def test_a_deploy_touches_no_running_task(support):
    task = received()
    before = Task.objects.values().get()

    next_version(support, without=("Triage",), sla_s=SHORT)
    workflows.pause(workflow_id=support.workflow.workflow_id, by=ADMIN, at=timezone.now())

    assert Task.objects.values().get() == before
    assert not TaskEvent.objects.filter(task=task, kind="migrated").exists()


def test_a_task_at_the_same_step_goes_on_with_who_has_it(support, admin, ana, outbox_of):
    task = received()
    ana.post(f"/tasks/{task.task_id}/start/")
    mails = len(outbox_of(AssignmentNotification))
    before = Task.objects.get()
    next_version(support, changed={"Triage": {"name": "Sorting", "weight": 2}}, sla_s=SHORT)

    answer = migrate(admin, support, notes="New times")

    assert answer.status_code == 201
    assert answer.json()["status"] == "applied"
    assert answer.json()["counts"] == {
        "outcomes": {"moved": 1, "skipped": 0, "put_back": 0, "left": 0}, "reasons": {},
    }  # fmt: skip
    after = Task.objects.get()
    assert after.workflow_version.number == 2
    assert (after.state, after.assignee_id, after.current_step_name) == (
        "in_progress",
        11,
        "Sorting",
    )
    assert after.version == before.version + 1
    assert after.clock_from == before.clock_from
    assert after.sla_deadline == before.clock_from + timedelta(hours=2)
    assert after.step_clock_from == before.step_clock_from
    assert after.step_deadline == before.step_clock_from + timedelta(hours=2) * 2 / 5
    held = Assignment.objects.get()
    assert (held.closed_at, held.due_at) == (None, after.step_deadline)
    assert len(outbox_of(AssignmentNotification)) == mails
    assert (
        outbox_of(BulkCreateNotifications)[-1].subject == f"{task.task_id} is due at another time"
    )


def test_trail_and_history_name_versions_and_steps(support, admin):
    task = received()
    triage, confirm = support.steps["Triage"], support.steps["Confirm"]
    next_version(support, without=("Triage",))

    body = migrate(admin, support, step_map={triage: confirm}, notes="Triage is over").json()

    row = AuditRow.objects.get(task_id=task.task_id, field="workflow_version")
    assert (row.action, row.old_value, row.new_value, row.user_id) == ("task_migrated", 1, 2, 1)
    said = {
        "from_step": {"step_id": triage, "name": "Triage", "role_id": 3},
        "to_step": {"step_id": confirm, "name": "Confirm", "role_id": 3},
        "upgrade_id": body["upgrade_id"],
        "notes": "Triage is over",
    }
    assert said.items() <= row.details.items()
    assert row.ip_address == "127.0.0.1"
    event = TaskEvent.objects.get(kind="migrated")
    assert (event.from_step, event.to_step, event.notes) == ("Triage", "Confirm", "Triage is over")
    assert event.details["from_version"] == 1
    begun_row = AuditRow.objects.get(action="workflow_migration_begun")
    assert (begun_row.subject, begun_row.details["safe"]) == (support.workflow.audit_subject, 1)
    assert is_whole()


def test_a_mapped_step_is_a_new_assignment_of_the_same_person(support, admin, outbox_of):
    task = received()
    next_version(support, without=("Triage",))

    migrate(admin, support, step_map={support.steps["Triage"]: support.steps["Confirm"]})

    old, new = Assignment.objects.order_by("id")
    assert (old.step_name, old.outcome) == ("Triage", "transferred")
    assert (new.step_name, new.person_id, new.closed_at) == ("Confirm", 11, None)
    assert new.decision["strategy"] == "migrated"
    assert outbox_of(AssignmentNotification)[-1].notification_type == "workflow_step_change"
    why = admin.get(f"/tasks/{task.task_id}/assignments/{new.pk}/why/").json()
    assert "another version of the workflow" in why["sentence"]


def test_who_does_not_hold_the_role_of_the_step_hands_on_by_turn(support, admin, outbox_of):
    received()
    task = received()
    admin.post(f"/tasks/{task.task_id}/start/")
    assert task.assignee_id == 12
    next_version(support, changed={"Triage": {"role_id": 4, "role": "L2 Support"}})

    migrate(admin, support, task_ids=[task.task_id])

    after = Task.objects.get(pk=task.pk)
    assert (after.assignee_id, after.current_role_id, after.state) == (21, 4, "pending")
    held = Assignment.objects.get(task=task, closed_at=None)
    assert (held.person_id, held.role_id, held.decision["strategy"]) == (21, 4, "round_robin")
    assert outbox_of(AssignmentNotification)[-1].user_id == 21
    assert 21 in outbox_of(TicketSync)[-1].ticket.participants


def test_what_nobody_holds_goes_on_waiting(support, admin):
    Member.objects.update(is_active=False)
    task = received()
    assert task.assignee_id is None
    Member.objects.filter(role=4).update(is_active=True)
    next_version(support, changed={"Triage": {"role_id": 4, "role": "L2 Support"}})

    migrate(admin, support)

    after = Task.objects.get()
    assert (after.assignee_id, after.current_role_id) == (None, 4)


def test_approvals_keep_a_task_and_go_with_none(support, admin):
    task = received()
    Approval.objects.create(
        task=task, step_id=task.current_step_id, person_id=11, at=task.created_at
    )
    free = received()
    next_version(support)

    migrate(admin, support)

    assert Task.objects.get(workflow_version__number=2) == free
    assert Approval.objects.filter(counts=True).count() == 1


def test_a_task_that_is_moved_to_a_version_with_a_fork_splits_there(admin):
    one = role(3, "L1 Support", 11)
    role(1, "Admin", 1)
    made = workflow(
        [{"name": name, "role": one} for name in ("Start", "Left", "Right", "Meet")],
        [
            ("Start", "Left", "forward"), ("Start", "Right", "forward"),
            ("Left", "Meet", "forward"), ("Right", "Meet", "forward"), ("Meet", None, "forward"),
        ],
    )  # fmt: skip
    task = received()
    next_version(made, changed={"Start": {"fork": True}, "Meet": {"join": "all"}})

    migrate(admin, made)
    take = {"transition_id": made.ways["Start>Left"]}

    assert admin.post(f"/tasks/{task.task_id}/transition/", take).status_code == 200
    assert Branch.objects.filter(state="pending").count() == 2
    assert is_whole()


def test_the_past_of_a_task_tells_its_version_of_then(support, admin):
    task = received()
    then = timezone.now()
    next_version(support)
    migrate(admin, support)

    def version_at(at):
        answer = admin.get(f"/tasks/{task.task_id}/as-of/", {"at": at.isoformat()})
        return answer.json()["workflow_version"]

    assert (version_at(then), version_at(timezone.now())) == (1, 2)
