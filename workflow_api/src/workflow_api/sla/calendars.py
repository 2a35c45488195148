"""Business time: when the clock of a service level runs. Pure arithmetic, no database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from servicekit.errors import Invalid

MIDNIGHT = time(0)
DAY_END = "24:00"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_DAY = date(9998, 12, 31)
LONGEST_CLOSURE_DAYS = 366

Span = tuple[time, time]
"""Opening and closing wall time; a close of 00:00 is the end of the day."""


class CalendarNotValid(Invalid):
    """The hours, the days or the time zone of a calendar make no sense."""


class NoWorkingTime(Invalid):
    """A calendar that is closed for longer than a year has no deadline to give."""

    message = "The calendar has no working hour within a year of {after}."


@dataclass(frozen=True)
class BusinessCalendar:
    """Weekly opening hours in one time zone, minus holidays.

    Wall times follow the zone's daylight saving: a day of 24 opening hours has 23 or 25 real ones
    when the clock changes. All instants that come in or go out are aware; results are in UTC.
    """

    zone: ZoneInfo
    hours: Mapping[int, tuple[Span, ...]]
    """Weekday (Monday is 0) → its spans, ascending and apart from each other."""
    holidays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, *, time_zone: str, weekly_hours: object, holidays: Iterable[date] = ()) -> Self:
        """Read the stored form: `{"mon": [["09:00", "17:00"]], …}`. Raises CalendarNotValid."""
        return cls(
            zone=parse_zone(time_zone),
            hours=parse_hours(weekly_hours),
            holidays=frozenset(holidays),
        )

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Return the first instant by which `amount` of opening time has passed since `start`.

        Raises NoWorkingTime when the calendar stays closed for more than a year on the way.
        """
        left, reached = amount, start.astimezone(UTC)
        if left <= timedelta(0):
            return reached
        for opens, closes in self._spans(start):
            begin = max(opens, reached)
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
            reached = closes
        raise NoWorkingTime(after=reached.isoformat())

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the opening time from `start` to `end`; none when `end` comes first."""
        return sum((closes - opens for opens, closes in self.spans(start, end)), timedelta(0))

    def spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield when the calendar is open between two instants; nothing when `end` comes first."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        if last <= first:
            return
        for opens, closes in self._spans(start, until=last):
            if min(closes, last) > max(opens, first):
                yield max(opens, first), min(closes, last)

    def is_open(self, at: datetime) -> bool:
        """Return whether the clock runs at that instant."""
        moment = at.astimezone(UTC)
        spans = self._spans(at, until=moment + timedelta(microseconds=1))
        return any(opens <= moment < closes for opens, closes in spans)

    def _spans(
        self, start: datetime, *, until: datetime | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield the opening spans in UTC that end after `start`, until a day begins past `until`.

        Without `until` it stops where the calendar stays closed for more than a year.
        """
        first = start.astimezone(UTC)
        day, closed_days = start.astimezone(self.zone).date() - timedelta(days=1), 0
        while closed_days <= LONGEST_CLOSURE_DAYS if until is None else True:
            if until is not None and self._instant(day, MIDNIGHT) > until:
                return
            closed_days += 1
            for opens, closes in self._spans_on(day):
                if closes > first:
                    closed_days = 0
                    yield opens, closes
            if day >= LAST_DAY:
                return
            day += timedelta(days=1)

    def _spans_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self.holidays:
            return
        for opens, closes in self.hours.get(day.weekday(), ()):
            begin = self._instant(day, opens)
            last = day + timedelta(days=1) if closes == MIDNIGHT else day
            end = self._instant(last, closes)
            if begin < end:
                yield begin, end

    def _instant(self, day: date, at: time) -> datetime:
        """Return a wall time as an instant; one that the clock skips is the moment it jumps."""
        wall = datetime.combine(day, at, tzinfo=self.zone)
        moment = wall.astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            return moment
        return self._jump(wall.replace(fold=1).astimezone(UTC), moment)

    def _jump(self, before: datetime, after: datetime) -> datetime:
        """Return the whole second between two instants at which the zone's offset changes."""
        offset = before.astimezone(self.zone).utcoffset()
        low, high = 0, int((after - before).total_seconds())
        while high - low > 1:
            middle = (low + high) // 2
            moment = (before + timedelta(seconds=middle)).astimezone(self.zone)
            low, high = (middle, high) if moment.utcoffset() == offset else (low, middle)
        return (before + timedelta(seconds=high)).replace(microsecond=0)


def parse_zone(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name. Raises CalendarNotValid."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise CalendarNotValid(f"There is no time zone {name!r}.", field="time_zone") from exc


def parse_hours(weekly_hours: object) -> dict[int, tuple[Span, ...]]:
    """Return the spans by weekday. Raises CalendarNotValid, also when there is no span at all."""
    if not isinstance(weekly_hours, Mapping) or not set(weekly_hours) <= set(DAYS):
        raise _bad_hours(f"Use the days {', '.join(DAYS)}.")
    hours = {
        DAYS.index(day): _parse_spans(day, spans) for day, spans in weekly_hours.items() if spans
    }
    if not hours:
        raise _bad_hours("A calendar needs at least one opening hour.")
    return hours


def _parse_spans(day: str, spans: object) -> tuple[Span, ...]:
    parsed: list[Span] = []
    for span in spans if isinstance(spans, list) else [spans]:
        if not isinstance(span, list | tuple) or len(span) != 2:
            raise _bad_hours(f"{day}: write each span as [opens, closes].")
        opens, closes = (_parse_time(day, each) for each in span)
        if parsed and (parsed[-1][1] == MIDNIGHT or opens < parsed[-1][1]):
            raise _bad_hours(f"{day}: the spans must follow each other.")
        if closes != MIDNIGHT and closes <= opens:
            raise _bad_hours(f"{day}: a span must close after it opens, at 24:00 at the latest.")
        parsed.append((opens, closes))
    return tuple(parsed)


def _parse_time(day: str, text: object) -> time:
    try:
        return MIDNIGHT if text == DAY_END else time.fromisoformat(str(text))
    except ValueError as exc:
        raise _bad_hours(f"{day}: {text!r} is no time like 09:00.") from exc


def _bad_hours(message: str) -> CalendarNotValid:
    return CalendarNotValid(message, field="weekly_hours")
