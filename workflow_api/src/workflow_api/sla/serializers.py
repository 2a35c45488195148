"""Calendars on the wire."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers


class SecondsField(serializers.FloatField):
    """A duration as seconds."""

    def to_representation(self, value: timedelta) -> float:  # type: ignore[override]
        """Return the seconds."""
        return value.total_seconds()


class CalendarRefOut(serializers.Serializer[Any]):
    """Which calendar."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    time_zone = serializers.CharField()


class HolidayOut(serializers.Serializer[Any]):
    """A day on which the calendar is closed."""

    on = serializers.DateField()
    name = serializers.CharField(default="")


class CalendarOut(CalendarRefOut):
    """Weekly hours in local wall time; with a `country` its public holidays are observed too."""

    weekly_hours = serializers.DictField(
        child=serializers.ListField(child=serializers.ListField(child=serializers.CharField())),
        help_text="`mon` … `sun`, each a list of [opens, closes].",
    )
    holidays = HolidayOut(many=True)
    country = serializers.CharField(allow_blank=True)
    subdivision = serializers.CharField(allow_blank=True)
