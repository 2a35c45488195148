"""Reads preferences: who wants what, by which channel, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from notification_service.templates import catalog

from .digest import Every, next_digest
from .models import Preference
from .quiet import QuietHours

EMAIL: Final = "email"
IN_APP: Final = "in_app"


@dataclass(frozen=True, slots=True)
class MailPlan:
    """Whether a mail is wanted, from when on it may be sent, and whether it may be collected."""

    is_wanted: bool
    not_before: datetime
    is_collected: bool = False


def mail_plan(
    *, user_id: int | None, address: str, notification_type: str, at: datetime
) -> MailPlan:
    """Return what the recipient's preferences say; mandatory types are sent at once, always."""
    if notification_type in catalog.MANDATORY:
        return MailPlan(is_wanted=True, not_before=at)
    whose = Q(user_id=user_id) if user_id else Q(email=address.lower())
    choice = Preference.objects.filter(whose).order_by("-updated_at").first()
    return plan_of(choice, notification_type=notification_type, at=at)


def plan_of(choice: Preference | None, *, notification_type: str, at: datetime) -> MailPlan:
    """Return what these choices say of a mail."""
    if choice is None or notification_type in catalog.MANDATORY:
        return MailPlan(is_wanted=True, not_before=at)
    hours = quiet_hours(choice)
    collected_until = None if notification_type in catalog.URGENT else _digest(choice, after=at)
    due = collected_until or at
    return MailPlan(
        is_wanted=is_wanted(choice, notification_type, EMAIL),
        not_before=hours.over_at(due) if hours else due,
        is_collected=collected_until is not None,
    )


def wanting_alerts(*, user_ids: Iterable[int], notification_type: str) -> set[int]:
    """Return those of the people who want alerts of a type in the application; one query."""
    everybody = set(user_ids)
    if notification_type in catalog.MANDATORY:
        return everybody
    choices = Preference.objects.filter(user_id__in=everybody)
    unwilling = {
        choice.user_id for choice in choices if not is_wanted(choice, notification_type, IN_APP)
    }
    return everybody - unwilling


def preference_of(*, user_id: int) -> Preference | None:
    """Return a person's choices; None when never made."""
    return Preference.objects.filter(user_id=user_id).first()


def is_wanted(choice: Preference | None, notification_type: str, channel: str) -> bool:
    """Tell whether a channel is on for a type; what was never chosen is on."""
    if choice is None or notification_type in catalog.MANDATORY:
        return True
    return bool(choice.channels.get(notification_type, {}).get(channel, True))


def _digest(choice: Preference, *, after: datetime) -> datetime | None:
    every: Every = choice.digest  # type: ignore[assignment]  # a constraint says so
    return next_digest(
        after=after, every=every, daily_at=choice.digest_at, timezone=choice.timezone
    )


def quiet_hours(choice: Preference) -> QuietHours | None:
    """Return a person's quiet hours, if any."""
    if choice.quiet_from is None or choice.quiet_to is None:
        return None
    return QuietHours(start=choice.quiet_from, end=choice.quiet_to, timezone=choice.timezone)
