"""Calendars as people keep them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import AT, deployed

from servicekit.errors import Invalid
from workflow_api.roles.models import Role
from workflow_api.sla import selectors
from workflow_api.sla.admin import CalendarForm
from workflow_api.sla.models import Calendar
from workflow_api.workflows import selectors as workflows

pytestmark = pytest.mark.django_db

OFFICE = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def calendar(**values: Any) -> Calendar:
    named = {"name": "Office", "time_zone": "Europe/Berlin", "weekly_hours": OFFICE}
    return Calendar.objects.create(**named | values)


def test_day_and_night_needs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert selectors.business_calendar(None, at=AT) is None


def test_a_calendar_is_read_with_one_query(django_assert_num_queries: Any) -> None:
    row = calendar(holidays=[{"on": "2026-11-25", "name": "Company day"}])
    with django_assert_num_queries(1):
        rules = selectors.business_calendar(row.pk, at=AT)
    assert rules is not None
    start = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    assert rules.add(start, timedelta(hours=1)) == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)


def test_public_holidays_of_a_country_and_its_part_are_observed() -> None:
    rules = selectors.rules_of(calendar(country="DE", subdivision="BY"), at=AT)
    assert date(2026, 12, 25) in rules.holidays
    assert date(2026, 1, 6) in rules.holidays
    assert (
        date(2026, 1, 6) not in selectors.rules_of(calendar(name="B", country="DE"), at=AT).holidays
    )


def test_an_unknown_calendar_is_an_error() -> None:
    with pytest.raises(selectors.CalendarNotFound):
        selectors.business_calendar(10**9, at=AT)


@pytest.mark.parametrize(
    "values",
    [
        {"time_zone": "Mars/Olympus"},
        {"weekly_hours": {}},
        {"holidays": ["2026-12-25"]},
        {"holidays": [{"on": "Christmas"}]},
        {"holidays": 5},
        {"country": "XX"},
        {"country": "DE", "subdivision": "XX"},
    ],
)
def test_what_makes_no_sense_is_refused_by_rules_and_form(values: dict[str, Any]) -> None:
    wanted = {"name": "Office", "time_zone": "UTC", "weekly_hours": OFFICE, "holidays": []} | values
    with pytest.raises(Invalid):
        selectors.rules_of(Calendar(**wanted), at=AT)
    assert not CalendarForm(data=wanted).is_valid()


def test_a_workflow_names_its_calendar(support: Role, admin: Any) -> None:
    row = calendar()
    workflow = deployed(role=support, calendar=row.pk)
    frozen = workflows.version_of(workflow.current_version_id or 0)
    assert frozen.calendar_id == row.pk
    body = admin.get(f"/workflows/{workflow.workflow_id}/").json()
    assert (body["calendar"], body["calendar_name"]) == (row.pk, "Office")
