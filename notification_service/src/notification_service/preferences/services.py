"""Saves preferences."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from notification_service.templates import catalog
from servicekit.auth import Principal
from servicekit.errors import Invalid

from .digest import Every
from .models import Preference


class TypeIsMandatory(Invalid):
    """Mail about the account itself cannot be switched off."""

    code: ClassVar[str] = "NOTIFICATION_TYPE_MANDATORY"
    message: ClassVar[str] = "Notifications of type {notification_type!r} cannot be switched off."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A person's choices as a whole."""

    channels: dict[str, dict[str, bool]]
    quiet_from: time | None
    quiet_to: time | None
    timezone: str
    digest: Every
    digest_at: time


def save_preferences(*, choices: Choices, by: Principal, at: datetime) -> Preference:
    """Replace one's own preferences; raises TypeIsMandatory."""
    for notification_type, channels in choices.channels.items():
        if notification_type in catalog.MANDATORY and not all(channels.values()):
            raise TypeIsMandatory(
                field=f"channels.{notification_type}", notification_type=notification_type
            )
    saved, _ = Preference.objects.update_or_create(
        user_id=by.user_id,
        defaults={
            "email": by.email.lower(),
            "channels": choices.channels,
            "quiet_from": choices.quiet_from,
            "quiet_to": choices.quiet_to,
            "timezone": choices.timezone,
            "digest": choices.digest,
            "digest_at": choices.digest_at,
            "updated_at": at,
        },
    )
    return saved
