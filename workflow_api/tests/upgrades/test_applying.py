"""A preview is applied as it was seen, once, to every task that is still as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone
from migrating import applied, begun, is_whole, migrate, put_back, token
from versions import next_version
from world import received

from workflow_api.audit.models import AuditRow
from workflow_api.tasks.changes import Change
from workflow_api.tasks.models import Task, TaskEvent
from workflow_api.upgrades import services
from workflow_api.upgrades.models import Upgrade
from workflow_api.workflows.models import WorkflowVersion

pytestmark = pytest.mark.django_db


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
