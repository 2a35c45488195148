"""Quiet hours. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From a local time (included) to a local time (excluded); may span midnight."""

    start: time
    end: time
    timezone: str

    def over_at(self, at: datetime) -> datetime:
        """Return `at` itself outside quiet hours, otherwise the instant (UTC) they end."""
        zone = ZoneInfo(self.timezone)
        local = at.astimezone(zone)
        if not self._is_quiet(local.time()):
            return at
        day = local.date()
        if local.time() >= self.end:
            day += timedelta(days=1)
        return datetime.combine(day, self.end, tzinfo=zone).astimezone(UTC)

    def _is_quiet(self, now: time) -> bool:
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
