"""Why a task is due when it is, what will hardly be done in time, and the calendars."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient
from splitting import forking, split
from world import principal, role, run_at, workflow

from servicekit.testing.tokens import make_token
from workflow_api.sla.models import Calendar
from workflow_api.tasks import clocks, services
from workflow_api.tasks.models import Task
from workflow_api.workflows import selectors as workflows

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
HOUR = 3600
ADMIN = principal(1, "Admin")


@pytest.fixture
def office():
    weekly = {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "fri")}
    return Calendar.objects.create(
        name="Office", weekly_hours=weekly, holidays=[{"on": "2026-03-10", "name": "Feast"}]
    )


def client_of(user_id, *roles):
    client = APIClient()
    named = tuple(("tts", name) for name in roles)
    token = make_token(user_id=user_id, username=f"user{user_id}", roles=named)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def ana():
    return client_of(11, "L1 Support")


def defined(**values):
    agents = role(3, "L1 Support", 11)
    role(1, "Admin", 1)
    return workflow(
        [{"name": "Do", "role": agents}, {"name": "Check", "role": agents, "weight": 3}],
        [("Do", "Check", "forward"), ("Check", None, "forward")],
        **values,
    )


def spans(count):
    return [(each["begins_at"], each["ends_at"], each["total_s"] / HOUR) for each in count["spans"]]


def test_a_deadline_is_told_span_by_span_of_its_calendar(office, ana):
    task = run_at(defined(calendar_id=office.pk), at=FRIDAY)  # high: 8 hours

    body = ana.get(f"/tasks/{task.task_id}/sla/").json()

    assert body["calendar"] == {"id": office.pk, "name": "Office", "time_zone": "UTC"}
    assert body["ticket"]["allowed_s"] == 8 * HOUR
    assert spans(body["ticket"]) == [
        ("2026-03-06T15:00:00Z", "2026-03-06T17:00:00Z", 2),
        ("2026-03-09T09:00:00Z", "2026-03-09T12:00:00Z", 5),
        ("2026-03-09T13:00:00Z", "2026-03-09T16:00:00Z", 8),
    ]
    assert body["ticket"]["deadline"] == "2026-03-09T16:00:00Z"
    (step,) = body["steps"]
    assert (step["step_name"], step["weight"], step["path_weight"]) == ("Do", 1, 4)
    assert spans(step["count"]) == [("2026-03-06T15:00:00Z", "2026-03-06T17:00:00Z", 2)]
    assert (step["is_capped"], step["branch"], body["pauses"]) == (False, None, [])


def test_day_and_night_is_one_span(ana):
    task = run_at(defined(), at=FRIDAY)

    body = ana.get(f"/tasks/{task.task_id}/sla/").json()

    assert body["calendar"] is None
    assert spans(body["ticket"]) == [("2026-03-06T15:00:00Z", "2026-03-06T23:00:00Z", 8)]
    assert (body["sla_state"], body["left_s"]) == ("breached", 0)


def test_holds_are_told_and_counted_by_no_clock(ana):
    task, admin = run_at(defined(), at=FRIDAY), client_of(1, "Admin")
    for number, act in enumerate((services.hold_task, services.resume_task, services.hold_task)):
        at = FRIDAY + timedelta(hours=number + 1)
        act(task_id=task.task_id, by=ADMIN, at=at, notes="Parts")

    body = admin.get(f"/tasks/{task.task_id}/sla/").json()

    assert body["pauses"] == [
        {"begins_at": "2026-03-06T16:00:00Z", "ends_at": "2026-03-06T17:00:00Z"},
        {"begins_at": "2026-03-06T18:00:00Z", "ends_at": None},
    ]
    assert body["received_at"] == "2026-03-06T15:00:00Z"
    assert body["ticket"]["starts_at"] == "2026-03-06T16:00:00Z"
    assert (body["elapsed_s"], body["left_s"], body["sla_state"]) == (2 * HOUR, 6 * HOUR, "ok")


def test_a_step_that_its_ticket_cuts_short_says_so(ana):
    task = run_at(defined(), at=FRIDAY)
    late = FRIDAY + timedelta(hours=7)
    made = defined_ways(task)
    services.take_transition(task_id=task.task_id, transition_id=made, by=ADMIN, at=late)

    (step,) = ana.get(f"/tasks/{task.task_id}/sla/").json()["steps"]

    assert (step["step_name"], step["is_capped"]) == ("Check", True)
    assert (step["count"]["allowed_s"], step["count"]["spans"][0]["total_s"]) == (6 * HOUR, HOUR)


def defined_ways(task):
    graph = workflows.version_of(task.workflow_version_id).graph
    return graph.edges_from(task.current_step_id)[0].transition_id


def test_each_branch_has_its_own_count():
    task = split(forking())

    steps = client_of(1, "Admin").get(f"/tasks/{task.task_id}/sla/").json()["steps"]

    assert {each["step_name"] for each in steps} == {"Check", "Order"}
    assert all(each["branch"] for each in steps)


def test_a_count_without_end_is_cut(ana, office, monkeypatch):
    monkeypatch.setattr(clocks, "MOST_SPANS", 2)
    task = run_at(defined(calendar_id=office.pk), at=FRIDAY)

    count = ana.get(f"/tasks/{task.task_id}/sla/").json()["ticket"]

    assert (len(count["spans"]), count["is_cut"]) == (2, True)


def test_only_who_sees_a_task_sees_its_clock():
    task = run_at(defined(), at=FRIDAY)
    role(9, "Other", 99)
    assert client_of(99, "Other").get(f"/tasks/{task.task_id}/sla/").status_code == 404
    assert client_of(99, "Other").get("/sla/at-risk/").json()["results"] == []


def test_what_comes_near_its_deadline_is_listed_with_what_it_takes(ana):
    made, now = defined(), timezone.now()
    relaxed, near, soon, late = [
        run_at(made, at=now - timedelta(hours=hours)) for hours in (0, 7, 4, 9)
    ]

    body = ana.get("/sla/at-risk/?within=PT3H").json()

    assert [each["task_id"] for each in body["results"]] == [near.task_id, soon.task_id]
    first, second = (each["forecast"] for each in body["results"])
    assert 0.9 * HOUR < first["left_s"] <= HOUR
    assert first["needed_s"] == 6 * HOUR  # the first step is over, and the next is given six
    assert first["late_by_s"] == pytest.approx(first["needed_s"] - first["left_s"])
    assert second["left_s"] > 3.9 * HOUR
    everything = ana.get("/sla/at-risk/?within=8 hours").json()["results"]
    assert [each["task_id"] for each in everything] == [
        each.task_id for each in (near, soon, relaxed)
    ]
    assert late.task_id not in str(everything)
    now = ana.get("/sla/at-risk/?within=PT0S&cursor=").json()["results"]
    assert [each["task_id"] for each in now] == [near.task_id]


def test_what_is_in_time_is_late_by_nothing(ana):
    task = run_at(defined(), at=timezone.now())

    (row,) = ana.get("/sla/at-risk/").json()["results"]

    assert row["task_id"] == task.task_id
    assert row["forecast"]["late_by_s"] == 0
    assert row["forecast"]["needed_s"] == pytest.approx(8 * HOUR, abs=60)


@pytest.mark.parametrize("within", ["-PT1H", "P2Y", "soon"])
def test_a_time_that_makes_no_sense_is_refused(ana, within):
    answer = ana.get(f"/sla/at-risk/?within={within}")
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "within")


def test_the_number_of_queries_does_not_grow_with_the_rows(ana, office):
    made, now = defined(calendar_id=office.pk), timezone.now()

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert ana.get("/sla/at-risk/?within=P300D&cursor=").status_code == 200
        return len(found)

    run_at(made, at=now)
    before = asked()
    for _ in range(4):
        run_at(made, at=now)
    assert Task.objects.count() == 5
    assert asked() == before


def test_everybody_with_a_role_reads_the_calendars(ana, office):
    listed = ana.get("/sla/calendars/").json()
    assert (listed["count"], listed["results"][0]["name"]) == (1, "Office")
    read = ana.get(f"/sla/calendars/{office.pk}/").json()
    assert read["holidays"] == [{"on": "2026-03-10", "name": "Feast"}]
    assert read["weekly_hours"]["mon"] == [["09:00", "12:00"], ["13:00", "17:00"]]
    assert ana.get(f"/sla/calendars/{office.pk + 1}/").status_code == 404
    assert client_of(99).get("/sla/calendars/").status_code == 403
