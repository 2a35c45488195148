"""What is due when. Pure; a calendar of None runs day and night.

The formulas follow section 4 of the API contract ("SLA"):

    ticket deadline = received + SLA of the priority
    step deadline   = assigned + SLA * weight of the step / weight of the path
    warning         = start + 80 % of the way to the deadline

all counted in opening time. The path is the heaviest forward path from start to end
(`Graph.path`), so that the shares along any way through the graph add up to the SLA at most. A step
that is reached in time is never due after its ticket.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from workflow_api.sla.calendars import BusinessCalendar

WARN_AT = Fraction(8, 10)


class SlaState(StrEnum):
    OK = "ok"
    AT_RISK = "at_risk"
    BREACHED = "breached"


def elapse(
    start: datetime, amount: timedelta, calendar: BusinessCalendar | None = None
) -> datetime:
    """Return the instant by which `amount` of the calendar's time has passed, in UTC."""
    if calendar is None:
        return start.astimezone(UTC) + max(amount, timedelta(0))
    return calendar.add(start, amount)


def elapsed(start: datetime, end: datetime, calendar: BusinessCalendar | None = None) -> timedelta:
    """Return how much of the calendar's time lies between two instants; never less than none."""
    if calendar is None:
        return max(end - start, timedelta(0))
    return calendar.between(start, end)


def spans(
    start: datetime, end: datetime, calendar: BusinessCalendar | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when the clock runs between two instants, oldest first."""
    if calendar is not None:
        yield from calendar.spans(start, end)
    elif start < end:
        yield start.astimezone(UTC), end.astimezone(UTC)


def ticket_deadline(
    received_at: datetime, sla: timedelta, calendar: BusinessCalendar | None = None
) -> datetime:
    """Return when the ticket must be resolved."""
    return elapse(received_at, sla, calendar)


def step_deadline(
    start: datetime,
    sla: timedelta,
    *,
    weight: float,
    path_weight: float,
    ticket_due: datetime | None = None,
    calendar: BusinessCalendar | None = None,
) -> datetime:
    """Return when the step that starts at `start` must be done.

    `path_weight` is `Graph.path_weight`. A step that starts before `ticket_due` is due by then.
    """
    due = elapse(start, share(sla, weight=weight, path_weight=path_weight), calendar)
    if ticket_due is None or start >= ticket_due:
        return due
    return min(due, ticket_due)


def share(sla: timedelta, *, weight: float, path_weight: float) -> timedelta:
    """Return a step's part of the SLA, to the microsecond; never more than all of it."""
    if path_weight <= 0 or weight >= path_weight:
        return sla
    return _part(sla, Fraction(weight) / Fraction(path_weight))


def warn_at(
    start: datetime, deadline: datetime, calendar: BusinessCalendar | None = None
) -> datetime:
    """Return when 80 % of the time from `start` to `deadline` are gone."""
    return elapse(start, _part(elapsed(start, deadline, calendar), WARN_AT), calendar)


def sla_state(
    now: datetime,
    start: datetime,
    deadline: datetime | None,
    *,
    stopped_at: datetime | None = None,
    calendar: BusinessCalendar | None = None,
) -> SlaState:
    """Return how a deadline stands: at risk from 80 % on, breached from the deadline on.

    `stopped_at` is when the work was done or put on hold; the state stays what it was then.
    """
    moment = min(now, stopped_at) if stopped_at else now
    if deadline is None:
        return SlaState.OK
    if moment >= deadline:
        return SlaState.BREACHED
    if moment >= warn_at(start, deadline, calendar):
        return SlaState.AT_RISK
    return SlaState.OK


def _part(whole: timedelta, part: Fraction) -> timedelta:
    microsecond = timedelta(microseconds=1)
    return timedelta(microseconds=int((whole // microsecond) * part))
