"""A migration is taken back: once, within a day, and only where nothing has changed since."""

from datetime import timedelta

import pytest
from django.utils import timezone
from migrating import SHORT, is_whole, migrate, put_back
from versions import next_version
from world import received

from workflow_api.roles.models import Member
from workflow_api.tasks.models import Assignment, Task, TaskEvent
from workflow_api.upgrades.models import Upgrade, UpgradedTask

pytestmark = pytest.mark.django_db


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
