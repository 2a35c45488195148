"""Reads of second factors."""

from dataclasses import dataclass
from datetime import datetime

from auth_service.access.selectors import roles_held

from .models import RecoveryCode, SecondFactor


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a person has, and whether one of their roles demands it."""

    method: str
    required: bool
    recovery_codes_left: int
    enabled_at: datetime | None


def method_of(user_id: int) -> str:
    """The method that a person has switched on, empty for none."""
    found = SecondFactor.objects.filter(pk=user_id).values_list("method", flat=True).first()
    return found or ""


def is_required(user_id: int) -> bool:
    """Whether a role that the person holds demands a second factor."""
    return any(role.requires_second_factor for role in roles_held(user_id))


def must_set_up(user_id: int) -> bool:
    """Whether a second factor is demanded that the person does not have."""
    return is_required(user_id) and not method_of(user_id)


def status(user_id: int) -> Status:
    """What `/api/v1/2fa/` shows."""
    factor = SecondFactor.objects.filter(pk=user_id).first()
    left = RecoveryCode.objects.filter(user_id=user_id, used_at=None).count()
    return Status(
        method=(factor.method if factor else "") or "none",
        required=is_required(user_id),
        recovery_codes_left=left,
        enabled_at=factor.enabled_at if factor else None,
    )
