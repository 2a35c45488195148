"""Why somebody holds a step, and how evenly work is given out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from world import received, role

from workflow_api.roles.models import Availability
from workflow_api.tasks.models import Assignment

pytestmark = pytest.mark.django_db


def why(client, task):
    assignment = Assignment.objects.filter(task=task).latest("id")
    return client.get(f"/tasks/{task.task_id}/assignments/{assignment.pk}/why/")


def test_the_turn_is_told_in_words(support, ana):
    Availability.objects.create(person_id=12, absent_from=datetime(2020, 1, 1, tzinfo=UTC))
    task = received()

    body = why(ana, task).json()

    assert body["strategy"] == "round_robin"
    assert body["sentence"].startswith("2 members of L1 Support were looked at, 1 skipped. User 11")
    assert [(each["user_id"], each["is_chosen"], each["skip"]) for each in body["candidates"]] == [
        (11, True, ""),
        (12, False, "absent"),
    ]
    assert body["candidates"][1]["reason"] == "User 12 is away."
    [shown] = ana.get(f"/tasks/{task.task_id}/").json()["assignments"]
    assert shown["decision"]["chosen"] == 11


def test_who_stands_in_is_told(support, ana):
    Availability.objects.create(
        person_id=11, absent_from=datetime(2020, 1, 1, tzinfo=UTC), substitute_id=12
    )
    body = why(ana, received()).json()

    assert "User 12 stands in for User 11" in body["sentence"]
    assert body["candidates"][0]["reason"] == "User 11 is away; User 12 stands in."


def test_what_people_decided_is_told(task, coordinator, ana):
    coordinator.post(f"/tasks/{task.task_id}/assign/", {"user_id": 12})

    assert why(ana, task).json()["sentence"] == "User 9 decided that User 12 has it."


def test_other_peoples_tasks_and_assignments_are_not_found(task, api_as):
    stranger = api_as(user_id=21, username="x", roles=())
    assert why(stranger, task).status_code in {403, 404}
    admin = api_as(user_id=1, username="user1", roles=(("tts", "Admin"),))
    assert admin.get(f"/tasks/{task.task_id}/assignments/999999/why/").status_code == 404


def test_the_fairness_report_counts_per_member(support, coordinator):
    role(3, "L1 Support", 13)
    tasks = [received() for _ in range(6)]
    coordinator.post(f"/tasks/{tasks[0].task_id}/assign/", {"user_id": 13})
    Availability.objects.create(person_id=12, absent_from=datetime(2020, 1, 1, tzinfo=UTC))
    received()

    with CaptureQueriesContext(connection) as captured:
        answer = coordinator.get("/reports/fairness/", {"role": "l1 support"})

    [shares] = answer.json()["roles"]
    rows = {each["user_id"]: each for each in shares["members"]}
    assert {user_id: (row["given"], row["taken"]) for user_id, row in rows.items()} == {
        11: (3, 0),
        12: (2, 0),
        13: (2, 1),
    }
    assert (rows[12]["skips"], rows[11]["skips"]) == ({"absent": 1}, {})
    assert sum(row["share"] for row in rows.values()) == pytest.approx(1, abs=0.001)
    assert (shares["assignments"], shares["spread"]) == (8, 1)
    assert len(captured) <= 8


def test_the_report_is_of_the_days_asked_for(task, admin):
    long_ago = {"from": "2020-01-01", "to": "2020-01-31"}
    assert all(not each["assignments"] for each in _roles(admin, **long_ago))
    today = datetime.now(UTC).date()
    days = {"from": today - timedelta(days=1), "to": today + timedelta(days=1)}
    assert any(each["assignments"] for each in _roles(admin, **days))


def test_the_report_is_for_admins_and_coordinators(support, ana, admin):
    assert ana.get("/reports/fairness/").status_code == 403
    bad = admin.get("/reports/fairness/", {"from": "2026-02-02", "to": "2026-02-01"})
    assert (bad.status_code, bad.json()["code"]) == (400, "VALIDATION_ERROR")


def test_a_report_until_the_first_day_of_all_is_empty(support, admin):
    assert all(not each["assignments"] for each in _roles(admin, to="0001-01-01"))


def _roles(client, **days):
    return client.get("/reports/fairness/", days).json()["roles"]
