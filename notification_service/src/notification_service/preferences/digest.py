"""When collected mail goes out. Pure."""

from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

Every = Literal["off", "hourly", "daily"]
EVERY: Final[tuple[Every, ...]] = ("off", "hourly", "daily")


def next_digest(*, after: datetime, every: Every, daily_at: time, timezone: str) -> datetime | None:
    """Return the next instant (UTC) at which collected mail goes out; None without a digest."""
    if every == "off":
        return None
    if every == "hourly":
        return after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    due = datetime.combine(day, daily_at, tzinfo=zone).astimezone(UTC)
    if due > after:
        return due
    return datetime.combine(day + timedelta(days=1), daily_at, tzinfo=zone).astimezone(UTC)
