"""Calendars as the rules need them."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache

import holidays as public_holidays
from django.db.models import QuerySet

from servicekit.errors import Invalid, NotFound
from workflow_api.sla.calendars import BusinessCalendar, CalendarNotValid
from workflow_api.sla.models import Calendar

YEARS_BACK, YEARS_AHEAD = 2, 6


class CalendarNotFound(NotFound):
    message = "There is no calendar {calendar_id}."


def business_calendar(calendar_id: int | None, *, at: datetime) -> BusinessCalendar | None:
    """Return the rules of a calendar; None, without a query, is day and night.

    A change of a calendar holds at once, for tasks that run as well. Raises CalendarNotFound.
    """
    if calendar_id is None:
        return None
    return rules_of(calendar(calendar_id), at=at)


def all_calendars() -> QuerySet[Calendar]:
    """Return the calendars by name."""
    return Calendar.objects.order_by("name", "id")


def calendar(calendar_id: int) -> Calendar:
    """Return one calendar. Raises CalendarNotFound."""
    if (found := Calendar.objects.filter(pk=calendar_id).first()) is None:
        raise CalendarNotFound(calendar_id=calendar_id)
    return found


def closed_at(calendar_ids: Collection[int], *, at: datetime) -> frozenset[int]:
    """Return those of the calendars whose working hours do not run at `at`; one query."""
    found = Calendar.objects.filter(pk__in=calendar_ids)
    return frozenset(each.pk for each in found if not rules_of(each, at=at).is_open(at))


def has_calendar(calendar_id: int) -> bool:
    return Calendar.objects.filter(pk=calendar_id).exists()


def name_of(calendar_id: int | None) -> str | None:
    """Return what a calendar is called; None for none."""
    if calendar_id is None:
        return None
    return Calendar.objects.filter(pk=calendar_id).values_list("name", flat=True).first()


def rules_of(calendar: Calendar, *, at: datetime) -> BusinessCalendar:
    """Return the rules that a row states, with the public holidays of the years around `at`.

    Raises CalendarNotValid.
    """
    closed = frozenset(_own_holidays(calendar.holidays))
    if calendar.country:
        closed |= _holidays_of(calendar.country, calendar.subdivision, at.year)
    return BusinessCalendar.of(
        time_zone=calendar.time_zone, weekly_hours=calendar.weekly_hours, holidays=closed
    )


def _own_holidays(listed: object) -> list[date]:
    try:
        return [date.fromisoformat(each["on"]) for each in listed]  # type: ignore[attr-defined]
    except (TypeError, KeyError, ValueError) as exc:
        message = 'Write each holiday as {"on": "2026-12-25", "name": "…"}.'
        raise CalendarNotValid(message, field="holidays") from exc


@lru_cache(maxsize=64)
def _holidays_of(country: str, subdivision: str, this_year: int) -> frozenset[date]:
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    try:
        found = public_holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    except NotImplementedError as exc:
        raise Invalid(f"No public holidays are known for {country}.", field="country") from exc
    return frozenset(found)
