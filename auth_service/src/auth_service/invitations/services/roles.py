"""The roles that somebody gets together with the account."""

from collections.abc import Iterable
from datetime import datetime

from auth_service.access.models import Role
from auth_service.access.services import grant_role
from auth_service.accounts.models import User
from auth_service.audit.actors import Actor
from servicekit.errors import Invalid


def roles_of(role_ids: Iterable[int]) -> list[Role]:
    """The active roles with these ids, in their order. Raises Invalid."""
    wanted = sorted(set(role_ids))
    found = Role.objects.filter(pk__in=wanted, is_active=True).select_related("system")
    roles = list(found.order_by("pk"))
    if len(roles) != len(wanted):
        raise Invalid("There is no such role.", field="role_ids")
    return roles


def give(user: User, *, roles: Iterable[Role], by: Actor, at: datetime) -> None:
    """Give a new person these roles; locks each role. Raises Forbidden, Invalid."""
    for role in roles:
        grant_role(user_id=user.pk, role_id=role.pk, system=role.system.slug, by=by, at=at)
