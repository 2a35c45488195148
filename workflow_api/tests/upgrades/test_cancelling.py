"""A migration under way is stopped: no task is moved any more, and those that were stay."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from migrating import ADMIN, applied, begun, is_whole, put_back
from versions import next_version
from world import received

from servicekit.testing.races import race
from workflow_api.audit.models import AuditRow
from workflow_api.tasks.models import Task
from workflow_api.upgrades import services
from workflow_api.upgrades.models import Upgrade, UpgradedTask
from workflow_api.upgrades.services import working

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def under_way(support, monkeypatch):
    """A migration that has moved one of three tasks."""
    for _ in range(3):
        received()
    next_version(support)
    upgrade = begun(support)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    services.work(upgrade.pk, at=timezone.now(), patience=timedelta(0))
    return upgrade


def cancel(client, made, upgrade):
    number = made.workflow.workflow_id
    return client.post(f"/workflows/{number}/migrations/{upgrade.pk}/cancel/")


def moved():
    return Task.objects.filter(workflow_version__number=2).count()


def test_what_was_not_moved_yet_stays(support, under_way, admin):
    answer = cancel(admin, support, under_way)

    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["cancelled_by"], body["cancelled_by_name"]) == (
        "cancelled",
        1,
        "user1",
    )
    assert body["finished_at"] is not None
    assert body["message"] == "1 of 3 tasks were moved before it was cancelled."
    assert services.advance(at=timezone.now() + timedelta(hours=1)) == 0
    assert moved() == 1
    number = support.workflow.workflow_id
    read = admin.get(f"/workflows/{number}/migrations/{under_way.pk}/").json()
    assert (read["status"], read["counts"]["outcomes"]["moved"]) == ("cancelled", 1)
    row = AuditRow.objects.get(action="workflow_migration_cancelled")
    assert (row.user_id, row.details["moved"], row.details["total"]) == (1, 1, 3)
    assert is_whole()


def test_what_was_moved_can_be_put_back_and_another_migration_begun(support, under_way, admin):
    cancel(admin, support, under_way)

    assert put_back(admin, support, under_way.pk).json()["status"] == "undone"
    assert moved() == 0
    assert applied(support).counts["outcomes"]["moved"] == 3


def test_only_what_is_under_way_is_cancelled(support, under_way, admin, ana):
    assert cancel(ana, support, under_way).status_code == 403
    services.work(under_way.pk, at=timezone.now(), patience=timedelta(seconds=20))

    answer = cancel(admin, support, under_way)

    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_CANCELLABLE")
    assert moved() == 3
    under_way.pk += 1
    assert cancel(admin, support, under_way).status_code == 404


def test_a_process_at_work_moves_nothing_after_the_answer(support, under_way, monkeypatch):
    """It has read the next tasks already when somebody cancels."""
    has_read, is_cancelled = threading.Event(), threading.Event()
    move, seen_by = working.move, []

    def slow(*args, **values):
        has_read.set()
        assert is_cancelled.wait(30)
        seen_by.append(Upgrade.objects.get().state)
        return move(*args, **values)

    monkeypatch.setattr(working, "move", slow)

    def work():
        return services.work(under_way.pk, at=timezone.now(), patience=timedelta(seconds=20))

    def stop():
        assert has_read.wait(30)
        ids = {"workflow_id": support.workflow.workflow_id, "upgrade_id": under_way.pk}
        services.cancel_upgrade(**ids, by=ADMIN, at=timezone.now())
        is_cancelled.set()
        return True

    assert race(work, stop) == [True, True]
    assert seen_by == ["cancelled"]
    assert moved() == 1
    assert UpgradedTask.objects.count() == 1
    assert Upgrade.objects.get().counts["outcomes"]["moved"] == 1


def test_however_they_meet_the_counts_are_what_was_moved(support, under_way, admin):
    work, answer = race(
        lambda: services.work(under_way.pk, at=timezone.now(), patience=timedelta(seconds=20)),
        lambda: cancel(admin, support, under_way).status_code,
    )

    upgrade = Upgrade.objects.get()
    assert work is True
    assert (upgrade.state, answer) in {("cancelled", 200), ("applied", 409)}
    assert upgrade.counts["outcomes"]["moved"] == moved() == UpgradedTask.objects.count()
