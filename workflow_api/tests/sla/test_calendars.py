"""Business time, checked against a minute-by-minute count and against properties."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.sla.calendars import BusinessCalendar, CalendarNotValid, NoWorkingTime

BERLIN = "Europe/Berlin"
OFFICE = {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu")}
OFFICE |= {"fri": [["09:00", "12:00"]]}
HOUR = timedelta(hours=1)


def office(zone: str = BERLIN, *, holidays: tuple[date, ...] = ()) -> BusinessCalendar:
    return BusinessCalendar.of(time_zone=zone, weekly_hours=OFFICE, holidays=holidays)


def always(zone: str) -> BusinessCalendar:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return BusinessCalendar.of(
        time_zone=zone, weekly_hours={day: [["00:00", "24:00"]] for day in days}
    )


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(BERLIN))


def test_time_within_one_span() -> None:
    assert office().add(berlin(2026, 11, 24, 9, 30), HOUR) == berlin(2026, 11, 24, 10, 30)


def test_lunch_and_night_do_not_count() -> None:
    assert office().add(berlin(2026, 11, 24, 11, 30), HOUR) == berlin(2026, 11, 24, 13, 30)
    assert office().add(berlin(2026, 11, 24, 16, 30), HOUR) == berlin(2026, 11, 25, 9, 30)


def test_the_weekend_does_not_count() -> None:
    assert office().add(berlin(2026, 11, 27, 11, 30), HOUR) == berlin(2026, 11, 30, 9, 30)


def test_a_holiday_does_not_count() -> None:
    closed = office(holidays=(date(2026, 11, 25),))
    assert closed.add(berlin(2026, 11, 24, 16, 30), HOUR) == berlin(2026, 11, 26, 9, 30)


def test_work_that_ends_with_the_day_is_due_then_and_not_next_morning() -> None:
    assert office().add(berlin(2026, 11, 24, 16), HOUR) == berlin(2026, 11, 24, 17)


def test_nothing_to_do_is_due_at_once_even_at_night() -> None:
    assert office().add(berlin(2026, 11, 24, 3), timedelta(0)) == berlin(2026, 11, 24, 3)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 24), 24)]
)
def test_a_day_around_the_clock_has_as_many_hours_as_the_zone_gives_it(
    day: date, hours: int
) -> None:
    zone = ZoneInfo(BERLIN)
    midnight = datetime.combine(day, time(0), tzinfo=zone)
    next_midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    assert always(BERLIN).between(midnight, next_midnight) == hours * HOUR
    assert always(BERLIN).add(midnight, hours * HOUR) == next_midnight


def test_hours_that_the_clock_skips_are_no_opening_time() -> None:
    sunday = {"sun": [["02:10", "02:50"], ["02:55", "03:30"]]}
    calendar = BusinessCalendar.of(time_zone=BERLIN, weekly_hours=sunday)
    jump_day = berlin(2026, 3, 29, 0, 0), berlin(2026, 3, 29, 23, 0)
    assert calendar.between(*jump_day) == timedelta(minutes=30)
    assert calendar.add(jump_day[0], timedelta(minutes=10)) == berlin(2026, 3, 29, 3, 10)


def test_a_calendar_that_never_opens_on_the_way_says_so() -> None:
    closed = BusinessCalendar(
        zone=ZoneInfo("UTC"),
        hours={0: ((time(9), time(10)),)},
        holidays=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(800)),
    )
    with pytest.raises(NoWorkingTime):
        closed.add(datetime(2026, 1, 1, tzinfo=UTC), HOUR)


def test_the_end_of_all_dates_is_an_error_and_no_crash() -> None:
    with pytest.raises(NoWorkingTime):
        office().add(datetime(9998, 12, 30, tzinfo=UTC), timedelta(days=300))


@pytest.mark.parametrize(
    "hours",
    [
        None,
        {},
        [],
        {"mon": []},
        {"monday": [["09:00", "17:00"]]},
        {"mon": [["17:00", "09:00"]]},
        {"mon": [["09:00", "09:00"]]},
        {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]},
        {"mon": [["09:00", "24:00"], ["10:00", "11:00"]]},
        {"mon": [["nine", "17:00"]]},
        {"mon": ["09:00"]},
        {"mon": 9},
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: object) -> None:
    with pytest.raises(CalendarNotValid):
        BusinessCalendar.of(time_zone="UTC", weekly_hours=hours)


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis", "../etc/passwd", "/etc/localtime"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(CalendarNotValid):
        BusinessCalendar.of(time_zone=zone, weekly_hours=OFFICE)


YEAR = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(days=729)).map(lambda since: YEAR + since)
zones = st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
amounts = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=200))


@given(start=instants, amount=amounts, zone=zones)
def test_the_time_until_the_deadline_is_the_amount(
    start: datetime, amount: timedelta, zone: str
) -> None:
    calendar = office(zone, holidays=(date(2026, 12, 25), date(2026, 4, 6)))
    assert calendar.between(start, calendar.add(start, amount)) == amount


@given(start=instants, amount=amounts, zone=zones)
def test_a_deadline_with_work_left_falls_into_or_ends_an_open_span(
    start: datetime, amount: timedelta, zone: str
) -> None:
    calendar = office(zone)
    due = calendar.add(start, amount)
    assert due >= start
    assert not amount or calendar.is_open(due - timedelta(microseconds=1))


@given(start=instants, first=amounts, second=amounts, zone=zones)
def test_two_steps_end_where_one_of_both_lengths_ends(
    start: datetime, first: timedelta, second: timedelta, zone: str
) -> None:
    calendar = office(zone)
    if not second:
        return
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(points=st.lists(instants, min_size=3, max_size=3).map(sorted), zone=zones)
def test_the_time_between_adds_up(points: list[datetime], zone: str) -> None:
    first, middle, last = points
    calendar = office(zone)
    assert calendar.between(first, last) == calendar.between(first, middle) + calendar.between(
        middle, last
    )
    assert calendar.between(last, first) == timedelta(0)


@given(
    start=instants,
    minutes=st.integers(0, 4000),
    zone=zones,
)
def test_the_count_agrees_with_looking_at_every_minute(
    start: datetime, minutes: int, zone: str
) -> None:
    begin = start.replace(second=0, microsecond=0)
    end = begin + timedelta(minutes=minutes)
    calendar = office(zone, holidays=(date(2026, 5, 1),))
    counted = sum(
        _is_office_hour((begin + timedelta(minutes=n)).astimezone(ZoneInfo(zone)))
        for n in range(minutes)
    )
    assert calendar.between(begin, end) == timedelta(minutes=counted)


def _is_office_hour(wall: datetime) -> bool:
    spans = OFFICE.get(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[wall.weekday()], [])
    if wall.date() == date(2026, 5, 1):
        return False
    return any(opens <= f"{wall:%H:%M}" < closes for opens, closes in spans)
