"""When people can be given work, over the API."""

import pytest
from world import received, role, workflow

from workflow_api.audit.models import AuditRow
from workflow_api.sla.models import Calendar

pytestmark = pytest.mark.django_db
AWAY = {"absent_from": "2020-01-01T00:00:00Z", "absent_until": None}


@pytest.fixture
def ana(api_as):
    role(3, "L1 Support", 11, 12)
    return api_as(user_id=11, username="user11", roles=(("tts", "L1 Support"),))


def test_somebody_reads_and_changes_their_own(ana):
    before = ana.get("/people/me/availability/").json()
    assert (before["is_absent"], before["max_open_tasks"]) == (False, None)

    answer = ana.patch("/people/me/availability/", {**AWAY, "substitute_id": 12})

    assert answer.status_code == 200
    assert answer.json()["is_absent"] is True
    assert answer.json()["substitute_id"] == 12
    kept = ana.patch("/people/me/availability/", {"max_open_tasks": 4}).json()
    assert (kept["is_absent"], kept["max_open_tasks"]) == (True, 4)
    members = ana.get("/roles/3/members/").json()["results"]
    assert [(each["user_id"], each["is_absent"]) for each in members] == [(11, True), (12, False)]
    changed = AuditRow.objects.filter(action="availability_changed").values_list("field", flat=True)
    assert set(changed) == {"absent_from", "substitute", "max_open_tasks"}


def test_only_an_admin_changes_that_of_others(ana, admin):
    assert ana.patch("/people/12/availability/", AWAY).status_code == 403
    assert admin.patch("/people/12/availability/", AWAY).json()["is_absent"] is True
    assert ana.get("/people/12/availability/").json()["is_absent"] is True


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"absent_from": "2026-03-02T09:00Z", "absent_until": "2026-03-01T09:00Z"}, "absent_until"),
        ({"absent_until": "2026-03-01T09:00Z"}, "absent_from"),
        ({"substitute_id": 11}, "substitute_id"),
        ({"substitute_id": 999}, "substitute_id"),
        ({"calendar_id": 999}, "calendar_id"),
        ({"max_open_tasks": -1}, "max_open_tasks"),
        ({"absent_from": "tomorrow"}, "absent_from"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(ana, body, field):
    answer = ana.patch("/people/me/availability/", body)

    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert field in answer.json()["details"]["errors"]


def test_a_person_whom_nobody_knows_is_not_found(ana, admin):
    assert admin.patch("/people/999/availability/", AWAY).status_code == 404


def test_what_waited_is_given_out_as_soon_as_somebody_is_back(ana):
    workflow([{"name": "Only", "role": role(3, "L1 Support")}], [("Only", None, "forward")])
    ana.patch("/people/me/availability/", AWAY)
    ana.patch("/people/me/availability/", {"calendar_id": _office().pk})
    role(3, "L1 Support").members.filter(person=12).update(is_active=False)
    task = received()
    assert task.assignee_id is None

    ana.patch("/people/me/availability/", {"absent_from": None, "calendar_id": None})

    task.refresh_from_db()
    assert task.assignee_id == 11


def _office():
    return Calendar.objects.create(name="Office", weekly_hours={"mon": [["09:00", "17:00"]]})
