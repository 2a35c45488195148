"""Deadlines and the state of a deadline."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.sla import deadlines
from workflow_api.sla.calendars import BusinessCalendar
from workflow_api.sla.deadlines import SlaState

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = BusinessCalendar.of(
    time_zone="UTC", weekly_hours={day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed")}
)


def test_a_ticket_is_due_its_sla_after_it_was_received() -> None:
    assert deadlines.ticket_deadline(START, 4 * HOUR) == START + 4 * HOUR
    next_day = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    assert deadlines.ticket_deadline(START, 10 * HOUR, OFFICE) == next_day


def test_a_step_gets_its_share_by_weight() -> None:
    due = deadlines.step_deadline(START, 4 * HOUR, weight=1, path_weight=4)
    assert due == START + HOUR


def test_a_step_started_late_is_due_with_its_ticket() -> None:
    late = START + 3 * HOUR
    due = deadlines.step_deadline(
        late, 4 * HOUR, weight=2, path_weight=4, ticket_due=START + 4 * HOUR
    )
    assert due == START + 4 * HOUR


def test_a_step_started_after_the_ticket_was_due_still_gets_its_time() -> None:
    late = START + 5 * HOUR
    due = deadlines.step_deadline(
        late, 4 * HOUR, weight=1, path_weight=4, ticket_due=START + 4 * HOUR
    )
    assert due == late + HOUR


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (0, SlaState.OK),
        (79, SlaState.OK),
        (80, SlaState.AT_RISK),
        (99, SlaState.AT_RISK),
        (100, SlaState.BREACHED),
        (500, SlaState.BREACHED),
    ],
)
def test_the_state_turns_at_80_percent_and_at_the_deadline(minutes: int, state: SlaState) -> None:
    now, due = START + timedelta(minutes=minutes), START + timedelta(minutes=100)
    assert deadlines.sla_state(now, START, due) is state


def test_what_was_done_in_time_stays_ok_and_what_was_late_stays_breached() -> None:
    due, later = START + HOUR, START + 50 * HOUR
    assert deadlines.sla_state(later, START, due, stopped_at=START) is SlaState.OK
    assert deadlines.sla_state(later, START, due, stopped_at=due) is SlaState.BREACHED


def test_without_a_deadline_all_is_well() -> None:
    assert deadlines.sla_state(START, START, None) is SlaState.OK


def test_the_warning_counts_opening_time_only() -> None:
    due = deadlines.ticket_deadline(START, 10 * HOUR, OFFICE)
    assert deadlines.warn_at(START, due, OFFICE) == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


slas = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=90))
weights = st.lists(
    st.decimals(min_value="0.001", max_value=1000, places=3).map(float), min_size=1, max_size=12
)
calendars = st.sampled_from([None, OFFICE])


@given(sla=slas, path=weights, calendar=calendars)
def test_the_shares_of_a_path_never_exceed_the_ticket(
    sla: timedelta, path: list[float], calendar: BusinessCalendar | None
) -> None:
    ticket_due = deadlines.ticket_deadline(START, sla, calendar)
    moment = START
    for weight in path:
        moment = deadlines.step_deadline(
            moment, sla, weight=weight, path_weight=sum(path), calendar=calendar
        )
    assert moment <= ticket_due
    slack = deadlines.elapsed(moment, ticket_due, calendar)
    assert slack <= timedelta(microseconds=2 * len(path))


@given(
    sla=slas,
    start=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=100)),
    weight=st.floats(0.001, 1000),
    others=st.floats(0, 1000),
    calendar=calendars,
)
def test_a_step_is_due_after_it_starts_and_not_after_its_ticket_unless_that_is_past(
    sla: timedelta,
    start: timedelta,
    weight: float,
    others: float,
    calendar: BusinessCalendar | None,
) -> None:
    ticket_due = deadlines.ticket_deadline(START, sla, calendar)
    begun = START + start
    due = deadlines.step_deadline(
        begun,
        sla,
        weight=weight,
        path_weight=weight + others,
        ticket_due=ticket_due,
        calendar=calendar,
    )
    assert due >= begun
    assert begun >= ticket_due or due <= ticket_due


@given(sla=slas, calendar=calendars, past=st.timedeltas(timedelta(0), timedelta(days=200)))
def test_a_deadline_only_ever_gets_worse(
    sla: timedelta, calendar: BusinessCalendar | None, past: timedelta
) -> None:
    order = list(SlaState)
    due = deadlines.ticket_deadline(START, sla, calendar)
    states = [
        order.index(deadlines.sla_state(START + past * part / 10, START, due, calendar=calendar))
        for part in range(11)
    ]
    assert states == sorted(states)


@given(sla=slas, calendar=calendars)
def test_the_warning_lies_between_start_and_deadline(
    sla: timedelta, calendar: BusinessCalendar | None
) -> None:
    due = deadlines.ticket_deadline(START, sla, calendar)
    assert START <= deadlines.warn_at(START, due, calendar) <= due
