"""Reads that tokens are made of and checked with."""

from dataclasses import dataclass
from uuid import UUID

from auth_service.access.selectors import roles_held
from auth_service.accounts.models import User

from .claims import Holder
from .models import Session


@dataclass(frozen=True)
class Standing:
    """What has become of the person and the session of an access token since it was signed."""

    is_good: bool
    is_superuser: bool


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
        .values_list("user__is_active", "user__token_version", "user__is_superuser")
        .first()
    )
    if row is None:
        return Standing(is_good=False, is_superuser=False)
    is_active, current, is_superuser = row
    return Standing(is_good=is_active and current == token_version, is_superuser=is_superuser)
