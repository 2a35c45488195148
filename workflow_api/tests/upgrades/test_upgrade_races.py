"""Migrations against work, against each other and against crashes."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from migrating import ADMIN, applied, begun, migrate, put_back, token
from rest_framework.test import APIClient
from versions import next_version
from world import received

from servicekit.testing.races import race, spread
from servicekit.testing.tokens import make_token
from workflow_api.audit import verification
from workflow_api.tasks.models import Assignment, Task, TaskEvent
from workflow_api.upgrades import services
from workflow_api.upgrades.models import Upgrade, UpgradedTask
from workflow_api.upgrades.services import working

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(user_id, role):
    client = APIClient(raise_request_exception=False)
    bearer = make_token(user_id=user_id, username=f"user{user_id}", roles=(("tts", role),))
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {bearer}")
    return client


def handing_on(task, made, *, version):
    """Return a call that takes the task on to the next step, of the version that was seen."""

    def call():
        body = {"transition_id": made.ways["Triage>Analysis"], "version": version}
        client = client_of(task.assignee_id, "L1 Support")
        return client.post(f"/tasks/{task.task_id}/transition/", body).status_code

    return call


def assert_sound():
    """Every open task has one open assignment, at its step, and the trail is as it was written."""
    held = Assignment.objects.filter(closed_at=None)
    assert Counter(held.values_list("task", "step_id")) == Counter(
        Task.objects.values_list("number", "current_step_id")
    )
    assert verification.verify(at=timezone.now()).alteration is None


def test_each_task_is_moved_or_handed_on_never_both(support):
    tasks = [received() for _ in range(12)]
    next_version(support)
    upgrade = begun(support)

    def move():
        services.work(upgrade.pk, at=timezone.now(), patience=timedelta(seconds=20))
        return []

    calls = [handing_on(task, support, version=1) for task in reversed(tasks)]
    _, *answers = race(
        move,
        lambda: [call() for call in calls[:6]],
        lambda: [call() for call in calls[6:]],
    )

    handed_on = Counter(answers[0] + answers[1])
    moved = Task.objects.filter(workflow_version__number=2)
    assert set(handed_on) <= {200, 409}
    assert handed_on[409] == moved.count() == moved.filter(version=2).count()
    upgrade.refresh_from_db()
    assert upgrade.state == "applied"
    assert upgrade.counts["outcomes"]["moved"] == moved.count()
    assert upgrade.counts["reasons"].get("MOVED_SINCE", 0) == handed_on[200]
    assert_sound()


def test_of_two_who_apply_one_preview_one_wins(support):
    received()
    next_version(support)
    seen = token(client_of(1, "Admin"), support)

    answers = race(*[lambda: migrate(client_of(1, "Admin"), support, preview_token=seen)] * 4)

    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    assert TaskEvent.objects.filter(kind="migrated").count() == 1


def test_of_two_who_apply_two_previews_one_wins(support):
    for _ in range(5):
        received()
    next_version(support)
    tokens = [token(client_of(1, "Admin"), support) for _ in range(4)]

    answers = race(
        *[
            lambda seen=seen: migrate(client_of(1, "Admin"), support, preview_token=seen)
            for seen in tokens
        ]
    )

    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    assert {each.json()["code"] for each in answers if each.status_code == 409} <= {
        "MIGRATION_AT_WORK",
        "NOTHING_TO_MOVE",
    }
    assert TaskEvent.objects.filter(kind="migrated").count() == 5
    assert_sound()


def test_of_two_who_undo_one_wins(support):
    for _ in range(5):
        received()
    next_version(support)
    upgrade = applied(support)

    answers = race(*[lambda: put_back(client_of(1, "Admin"), support, upgrade.pk)] * 4)

    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    assert TaskEvent.objects.filter(kind="migration_undone").count() == 5
    assert_sound()


def test_each_task_is_put_back_or_handed_on_never_both(support):
    tasks = [received() for _ in range(8)]
    next_version(support)
    upgrade = applied(support)
    calls = [handing_on(task, support, version=2) for task in reversed(tasks)]

    def undo():
        return [put_back(client_of(1, "Admin"), support, upgrade.pk).status_code]

    undone, *answers = race(
        undo, lambda: [call() for call in calls[:4]], lambda: [call() for call in calls[4:]]
    )

    handed_on = Counter(answers[0] + answers[1])
    assert undone == [200]
    assert set(handed_on) <= {200, 409}
    outcomes = Counter(UpgradedTask.objects.values_list("outcome", flat=True))
    assert outcomes == Counter({"put_back": handed_on[409], "left": handed_on[200]})
    at_first = Task.objects.filter(workflow_version__number=1)
    assert at_first.count() == handed_on[409]
    assert_sound()


def test_only_one_process_works_on_an_upgrade_at_a_time(support):
    for _ in range(3):
        received()
    next_version(support)
    upgrade = begun(support)

    def work():
        return services.work(upgrade.pk, at=timezone.now(), patience=timedelta(seconds=20))

    assert sorted(race(work, work, work)) == [False, False, True]


def test_two_at_work_on_one_upgrade_after_all_do_nothing_twice(support, monkeypatch):
    for _ in range(12):
        received()
    next_version(support)
    upgrade = begun(support)
    monkeypatch.setattr(working, "AT_ONCE", 3)

    def work():
        return list(working._batches_to_move(Upgrade.objects.get(pk=upgrade.pk), at=timezone.now()))

    race(work, work, work)

    assert Counter(UpgradedTask.objects.values_list("outcome", flat=True)) == {"moved": 12}
    assert TaskEvent.objects.filter(kind="migrated").count() == 12
    assert_sound()


@pytest.mark.parametrize("crash", [OperationalError, KeyboardInterrupt])
def test_after_a_crash_in_the_middle_the_rest_is_moved_once(support, monkeypatch, crash):
    for _ in range(5):
        received()
    next_version(support)
    upgrade = begun(support)
    crash_at(monkeypatch, "move", 3, crash)
    now = timezone.now()

    with pytest.raises(crash):
        services.work(upgrade.pk, at=now, patience=timedelta(seconds=20))

    upgrade.refresh_from_db()
    assert (upgrade.state, Task.objects.filter(workflow_version__number=2).count()) == (
        "applying",
        2,
    )
    monkeypatch.undo()
    assert services.advance(at=now + timedelta(seconds=29)) == 0
    assert services.advance(at=now + timedelta(seconds=31)) == 1
    upgrade.refresh_from_db()
    assert (upgrade.state, upgrade.counts["outcomes"]["moved"]) == ("applied", 5)
    assert TaskEvent.objects.filter(kind="migrated").count() == 5
    assert_sound()


def test_after_a_crash_in_the_middle_of_undoing_the_rest_is_put_back_once(support, monkeypatch):
    for _ in range(5):
        received()
    next_version(support)
    upgrade = applied(support)
    crash_at(monkeypatch, "put_back", 3, KeyboardInterrupt)
    services.begin_undo(
        workflow_id=support.workflow.workflow_id,
        upgrade_id=upgrade.pk,
        by=ADMIN,
        at=timezone.now(),
    )
    now = timezone.now()

    with pytest.raises(KeyboardInterrupt):
        services.work(upgrade.pk, at=now, patience=timedelta(seconds=20))

    assert Task.objects.filter(workflow_version__number=1).count() == 2
    monkeypatch.undo()
    assert services.advance(at=now + timedelta(seconds=31)) == 1
    upgrade.refresh_from_db()
    assert (upgrade.state, upgrade.counts["outcomes"]["put_back"]) == ("undone", 5)
    assert TaskEvent.objects.filter(kind="migration_undone").count() == 5
    assert_sound()


def crash_at(monkeypatch, name, call, error):
    """Let the process die within the nth call, when the work is done but not yet committed."""
    real, calls = getattr(working, name), []

    @transaction.atomic
    def dies(*args, **values):
        real(*args, **values)
        calls.append(args)
        if len(calls) == call:
            raise error("the process is gone")

    monkeypatch.setattr(working, name, dies)


def test_moves_of_one_role_and_new_tickets_do_not_wait_for_each_other(support):
    for _ in range(6):
        received()
    next_version(support, changed={"Triage": {"role_id": 4, "role": "L2 Support"}})
    upgrade = begun(support)

    def move():
        services.work(upgrade.pk, at=timezone.now(), patience=timedelta(seconds=20))

    spread([move, *[received] * 6], over=3)

    assert Task.objects.filter(workflow_version__number=2).count() == 12
    assert_sound()
