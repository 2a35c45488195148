"""Preferences on the wire."""

from datetime import time
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from drf_spectacular.utils import extend_schema_field
from pydantic import Field, field_validator, model_validator
from rest_framework import serializers

from notification_service.templates import catalog
from servicekit.api import Input
from servicekit.contracts import NotificationType

from . import selectors
from .digest import EVERY, Every
from .models import Preference
from .services import Choices


class ChannelsIn(Input):
    """By which channels to hear of one type."""

    email: bool = True
    in_app: bool = True


class QuietHoursIn(Input):
    """Local times between which no mail is sent; may span midnight."""

    start: time
    end: time

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.start == self.end:
            raise ValueError("start and end must differ")
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("times are local, without an offset")
        return self


class PreferencesIn(Input):
    """A person's choices as a whole; a type that is left out uses every channel."""

    channels: dict[NotificationType, ChannelsIn] = Field(default_factory=dict)
    quiet_hours: QuietHoursIn | None = None
    timezone: str = Field(default="UTC", max_length=64)
    digest: Every = "off"
    digest_at: time = time(8)

    @field_validator("timezone")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("there is no such time zone")
        return ZoneInfo(value).key

    @property
    def choices(self) -> Choices:
        hours = self.quiet_hours
        return Choices(
            channels={name: each.model_dump() for name, each in self.channels.items()},
            quiet_from=hours.start if hours else None,
            quiet_to=hours.end if hours else None,
            timezone=self.timezone,
            digest=self.digest,
            digest_at=self.digest_at.replace(tzinfo=None),
        )


class ChannelsOut(serializers.Serializer[dict[str, bool]]):
    """By which channels one type comes."""

    email = serializers.BooleanField()
    in_app = serializers.BooleanField()
    is_mandatory = serializers.BooleanField(help_text="Cannot be switched off.")


class QuietHoursOut(serializers.Serializer[dict[str, time]]):
    """Local times between which no mail is sent."""

    start = serializers.TimeField(format="%H:%M")
    end = serializers.TimeField(format="%H:%M")


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
class HourAndMinute(serializers.TimeField):
    """A time of the day without seconds, which is no `time` of JSON Schema."""


class PreferencesOut(serializers.Serializer[dict[str, Any]]):
    """A person's choices, every type named."""

    channels = serializers.DictField(child=ChannelsOut())
    quiet_hours = QuietHoursOut(allow_null=True)
    timezone = serializers.CharField()
    digest = serializers.ChoiceField(choices=EVERY)
    digest_at = HourAndMinute(format="%H:%M", help_text="Of a daily digest, local time.")
    updated_at = serializers.DateTimeField(allow_null=True)


class SavedPreferencesOut(PreferencesOut):
    """Preferences as they now are."""

    message = serializers.CharField()


def body_of(choice: Preference | None) -> dict[str, Any]:
    """Return what the wire says of somebody's choices, or of having made none."""
    hours = selectors.quiet_hours(choice) if choice else None
    channels = {
        name: {
            "email": selectors.is_wanted(choice, name, selectors.EMAIL),
            "in_app": selectors.is_wanted(choice, name, selectors.IN_APP),
            "is_mandatory": name in catalog.MANDATORY,
        }
        for name in catalog.TYPES
    }
    return {
        "channels": channels,
        "quiet_hours": {"start": hours.start, "end": hours.end} if hours else None,
        "timezone": choice.timezone if choice else "UTC",
        "digest": choice.digest if choice else "off",
        "digest_at": choice.digest_at if choice else time(8),
        "updated_at": choice.updated_at if choice else None,
    }
