"""Tasks taken to another version: what changes, what stays, what is said about it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from migrating import ADMIN, applied, begun, migrate, put_back, token
from versions import next_version
from world import received, role, workflow

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications, TicketSync
from workflow_api.audit import verification
from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Member
from workflow_api.tasks.changes import Change
from workflow_api.tasks.models import Approval, Assignment, Branch, Task, TaskEvent
from workflow_api.upgrades import services
from workflow_api.upgrades.models import Upgrade, UpgradedTask
from workflow_api.workflows import services as workflows
from workflow_api.workflows.models import WorkflowVersion

pytestmark = pytest.mark.django_db

HOUR = 3600


def is_whole():
    """Whether the trail is as it was written."""
    return verification.verify(at=timezone.now()).alteration is None


SHORT = {"urgent": HOUR, "high": 2 * HOUR, "medium": 3 * HOUR, "low": 4 * HOUR}


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


def test_unsafe_tasks_stay_and_the_reason_is_kept(support, admin, ana):
    held, free = received(), received()
    ana.post(f"/tasks/{held.task_id}/hold/", {"notes": "waiting"})
    next_version(support)

    body = migrate(admin, support).json()

    assert body["counts"]["reasons"] == {"ON_HOLD": 1}
    assert body["message"] == "1 of 2 tasks were moved."
    number = support.workflow.workflow_id
    detail = admin.get(f"/workflows/{number}/migrations/{body['upgrade_id']}/").json()
    assert [
        (e["task_id"], e["outcome"], e["reason"], e["sentence"]) for e in detail["results"]
    ] == [
        (held.task_id, "skipped", "ON_HOLD", "It is on hold: resume it first."),
        (free.task_id, "moved", "", ""),
    ]
    moved = admin.get(f"/workflows/{number}/migrations/{body['upgrade_id']}/?outcome=moved").json()
    assert [each["task_id"] for each in moved["results"]] == [free.task_id]
    listed = admin.get(f"/workflows/{number}/migrations/").json()["results"]
    assert [(each["upgrade_id"], each["created_by_name"]) for each in listed] == [
        (body["upgrade_id"], "user1")
    ]


def test_a_task_that_has_changed_since_the_preview_is_skipped_and_said(support, admin, ana):
    changed, ended, still = received(), received(), received()
    next_version(support)
    seen = token(admin, support)
    ana.post(f"/tasks/{changed.task_id}/start/")
    now = timezone.now()
    Task.objects.filter(pk=ended.pk).update(state="closed", completed_at=now, result="cancelled")
    TaskEvent.objects.create(task=ended, kind="task_cancelled", at=now)

    body = migrate(admin, support, preview_token=seen).json()

    assert body["counts"]["reasons"] == {"MOVED_SINCE": 2}
    versions = dict(Task.objects.values_list("number", "workflow_version__number"))
    assert versions == {changed.number: 1, ended.number: 1, still.number: 2}


def test_a_warning_of_the_deadline_is_no_change_of_the_task(support, admin):
    task = received()
    next_version(support)
    seen = token(admin, support)
    TaskEvent.objects.create(task=task, kind="sla_warning", at=timezone.now())

    assert migrate(admin, support, preview_token=seen).json()["counts"]["outcomes"]["moved"] == 1


def test_a_preview_is_applied_once_and_only_as_it_was_seen(support, admin):
    task = received()
    next_version(support)
    seen = token(admin, support)

    other = migrate(admin, support, preview_token=seen, task_ids=[task.task_id])
    forged = migrate(admin, support, preview_token=seen[:-2] + "xx")
    first = migrate(admin, support, preview_token=seen)
    again = migrate(admin, support, preview_token=seen)

    assert [each.status_code for each in (other, forged, first, again)] == [409, 409, 201, 409]
    assert other.json()["code"] == forged.json()["code"] == "PREVIEW_NOT_GOOD"
    assert again.json()["code"] == "PREVIEW_USED"
    assert again.json()["details"]["upgrade_id"] == first.json()["upgrade_id"]


def test_a_preview_of_more_than_an_hour_ago_is_not_applied(support):
    received()
    next_version(support)

    with pytest.raises(services.PreviewNotGood):
        begun(support, seen_at=timezone.now() - timedelta(minutes=61))


def test_nothing_begins_where_nothing_can_move(support, admin):
    received()
    next_version(support, without=("Triage",))

    answer = migrate(admin, support)

    assert (answer.status_code, answer.json()["code"]) == (409, "NOTHING_TO_MOVE")
    assert not Upgrade.objects.exists()


def test_the_same_key_moves_once_and_answers_the_same(support, admin):
    received()
    next_version(support)
    seen = token(admin, support)

    answers = [migrate(admin, support, preview_token=seen, key="once") for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Upgrade.objects.count() == 1


def test_undoing_puts_everything_back_as_it_was(support, admin, ana):
    started, handed = received(), received()
    ana.post(f"/tasks/{started.task_id}/start/")
    Task.objects.filter(pk=handed.pk).update(sla_warned_at=handed.created_at)
    next_version(
        support, changed={"Triage": {"role_id": 5, "role": "Field", "weight": 5}}, sla_s=SHORT
    )
    before = standing()
    body = migrate(admin, support).json()
    assert standing() != before
    assert Task.objects.get(pk=handed.pk).assignee_id != 12

    answer = put_back(admin, support, body["upgrade_id"])

    assert answer.status_code == 200
    assert answer.json()["status"] == "undone"
    assert answer.json()["counts"]["outcomes"] == {
        "moved": 0,
        "skipped": 0,
        "put_back": 2,
        "left": 0,
    }
    assert standing() == before
    assert Assignment.objects.filter(closed_at=None).count() == 2
    assert TaskEvent.objects.filter(kind="migration_undone").count() == 2
    assert is_whole()


def standing():
    columns = (
        "number", "workflow_version__number", "current_step_id", "current_step_name",
        "current_role_id", "state", "assignee_id", "clock_from", "sla_deadline", "sla_warn_at",
        "sla_warned_at", "sla_breached_at", "step_clock_from", "step_deadline",
    )  # fmt: skip
    return list(Task.objects.order_by("number").values_list(*columns))


def test_undoing_gives_the_work_back_even_if_somebody_had_begun_it(support, admin):
    received()
    task = received()
    admin.post(f"/tasks/{task.task_id}/start/")
    next_version(support, changed={"Triage": {"role_id": 4, "role": "L2 Support"}})
    body = migrate(admin, support).json()

    put_back(admin, support, body["upgrade_id"])

    after = Task.objects.get(pk=task.pk)
    assert (after.assignee_id, after.state) == (12, "in_progress")
    held = Assignment.objects.get(task=task, closed_at=None)
    assert (held.person_id, held.started_at is not None) == (12, True)


def test_undoing_leaves_what_has_changed_since_and_says_so(support, admin, ana):
    changed, still = received(), received()
    next_version(support)
    body = migrate(admin, support).json()
    ana.post(f"/tasks/{changed.task_id}/start/")

    answer = put_back(admin, support, body["upgrade_id"]).json()

    assert answer["message"] == "1 of 2 tasks were put back; the others stay."
    assert dict(Task.objects.values_list("number", "workflow_version__number")) == {
        changed.number: 2,
        still.number: 1,
    }
    left = UpgradedTask.objects.get(outcome="left")
    assert (left.task_id, left.reason, left.sentence) == (
        changed.number,
        "MOVED_SINCE",
        "It has changed since.",
    )


def test_who_no_longer_holds_the_role_does_not_get_the_task_back(support, admin):
    received()
    task = received()
    next_version(support, changed={"Triage": {"role_id": 4, "role": "L2 Support"}})
    body = migrate(admin, support).json()
    Member.objects.filter(role=3, person=12).update(is_active=False)

    put_back(admin, support, body["upgrade_id"])

    after = Task.objects.get(pk=task.pk)
    assert (after.current_role_id, after.assignee_id) == (3, 11)


def test_an_upgrade_is_undone_once_and_within_24_hours(support, admin):
    received()
    next_version(support)
    body = migrate(admin, support).json()
    Upgrade.objects.update(finished_at=timezone.now() - timedelta(hours=24, seconds=1))

    late = put_back(admin, support, body["upgrade_id"])

    assert (late.status_code, late.json()["code"]) == (409, "NOT_UNDOABLE")
    assert Task.objects.get().workflow_version.number == 2
    Upgrade.objects.update(finished_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert put_back(admin, support, body["upgrade_id"]).status_code == 200
    assert put_back(admin, support, body["upgrade_id"]).status_code == 409
    assert put_back(admin, support, 999999).status_code == 404


def test_a_task_that_is_moved_on_by_a_later_migration_is_not_put_back_by_an_earlier(support, admin):
    received()
    next_version(support)
    first = migrate(admin, support).json()
    next_version(support)
    migrate(admin, support)

    body = put_back(admin, support, first["upgrade_id"]).json()

    assert body["counts"]["outcomes"]["left"] == 1
    assert Task.objects.get().workflow_version.number == 3


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


def test_many_tasks_are_left_to_the_sweep(support, admin, monkeypatch):
    monkeypatch.setattr("workflow_api.upgrades.api.AT_ONCE", 2)
    for _ in range(3):
        received()
    next_version(support)

    answer = migrate(admin, support)

    assert (answer.status_code, answer.json()["status"]) == (202, "applying")
    assert answer.json()["message"] == "The tasks are taken over in the background."
    assert put_back(admin, support, answer.json()["upgrade_id"]).status_code == 409
    assert Task.objects.filter(workflow_version__number=2).count() == 0
    assert services.advance(at=timezone.now()) == 1
    assert Task.objects.filter(workflow_version__number=2).count() == 3
    assert Upgrade.objects.get().state == "applied"
    assert AuditRow.objects.filter(action="task_migrated", ip_address="127.0.0.1").count() == 3
    assert services.advance(at=timezone.now()) == 0


def test_a_batch_a_call_is_enough_to_get_on(support, admin, monkeypatch):
    monkeypatch.setattr("workflow_api.upgrades.services.working.AT_ONCE", 2)
    monkeypatch.setattr("workflow_api.upgrades.services.working.SWEEP_FOR", timedelta(0))
    for _ in range(3):
        received()
    next_version(support)
    upgrade = applied(support, patience=timedelta(0))

    assert upgrade.state == "applying"
    assert upgrade.counts["outcomes"]["moved"] == 2
    for _ in range(2):
        services.advance(at=timezone.now())
    assert Upgrade.objects.get().state == "applied"
    assert WorkflowVersion.objects.count() == 2


def test_one_task_that_fails_stops_no_other_and_is_not_half_moved(support, admin, monkeypatch):
    broken, good = received(), received()
    next_version(support)
    before = Task.objects.filter(pk=broken.pk).values().get()
    store = Change.store

    def store_or_fail(change):
        stored = store(change)
        if change.task.pk == broken.pk:
            raise LookupError("a fault of ours")
        return stored

    monkeypatch.setattr(Change, "store", store_or_fail)
    body = migrate(admin, support).json()

    assert body["status"] == "applied"
    assert body["counts"]["reasons"] == {"FAILED": 1}
    assert Task.objects.filter(pk=broken.pk).values().get() == before
    assert Task.objects.get(pk=good.pk).workflow_version.number == 2
    assert is_whole()


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
