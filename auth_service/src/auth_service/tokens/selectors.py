"""Reads that tokens are made of and checked with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from auth_service.access.selectors import roles_held
from auth_service.accounts.models import User
from servicekit.errors import Forbidden

from .claims import Holder
from .models import Session
from .sessions import IDLE


class SecondFactorRequired(Forbidden):
    code = "SECOND_FACTOR_REQUIRED"
    message = "Your role demands a second factor; set one up first."


@dataclass(frozen=True)
class Standing:
    """What has become of the person and the session of an access token since it was signed."""

    is_good: bool
    is_superuser: bool
    is_limited: bool = False


def holder_of(user: User) -> Holder:
    """A person with the roles and permissions that they hold right now."""
    held = roles_held(user.pk)
    return Holder(
        user_id=user.pk,
        username=user.username,
        email=user.email,
        token_version=user.token_version,
        roles={(role.system.slug, role.name) for role in held},
        permissions={name for role in held for name in role.qualified_permissions},
    )


def standing(*, session_id: UUID, user_id: int, token_version: int) -> Standing:
    """Whether a token still counts: session open, person active, no role lost since. One query."""
    row = (
        Session.objects.filter(pk=session_id, user_id=user_id, ended_at=None)
        .values_list("user__is_active", "user__token_version", "user__is_superuser", "is_limited")
        .first()
    )
    if row is None:
        return Standing(is_good=False, is_superuser=False)
    is_active, current, is_superuser, is_limited = row
    is_good = is_active and current == token_version
    return Standing(is_good=is_good, is_superuser=is_superuser, is_limited=is_limited)


def sessions_of(user_id: int, *, current: str, at: datetime) -> QuerySet[Session]:
    """The open sessions of a person, the latest used first; `is_current` marks the asking one."""
    alive = Session.objects.filter(
        user_id=user_id, ended_at=None, expires_at__gt=at, last_used_at__gt=at - IDLE
    )
    is_current = ExpressionWrapper(Q(pk=current), output_field=BooleanField())
    return alive.annotate(is_current=is_current).order_by("-last_used_at", "pk")
