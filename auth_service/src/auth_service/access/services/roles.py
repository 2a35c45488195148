"""Writes to roles."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from auth_service.access import rules, sync
from auth_service.access.models import Role, System
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import Conflict, Invalid, NotFound

from .holders import revoke_holders
from .saving import save_named


class RoleInUse(Conflict):
    message = "{holders} people hold this role; take it from them first."


@transaction.atomic
def create_role(
    *,
    system: str,
    name: str,
    description: str,
    permissions: Sequence[str],
    by: Actor,
    at: datetime,
    is_builtin: bool = False,
    requires_second_factor: bool = False,
) -> Role:
    """Add a role to a system and tell the others. Raises Forbidden, Invalid."""
    rules.check_administers(by, system=system)
    home = System.objects.filter(slug=system).first()
    if home is None:
        raise Invalid("There is no such system.", field="system")
    _check_permissions(permissions)
    role = Role(
        system=home,
        name=name,
        description=description,
        permissions=sorted(set(permissions)),
        is_builtin=is_builtin,
        requires_second_factor=requires_second_factor,
    )
    _save_role(role)
    sync.publish_role(role, action="create")
    record("role_created", subject=f"role:{role.pk}", by=by, at=at, system=system, name=name)
    return role


@transaction.atomic
def update_role(
    *,
    role_id: int,
    name: str | None,
    description: str | None,
    permissions: Sequence[str] | None,
    by: Actor,
    at: datetime,
) -> Role:
    """Change a role and tell the others; None leaves a field as it is.

    Tokens carry its name and permissions: those of its holders end when one of these changes.
    Role, then holders are locked until commit.
    Raises NotFound, Forbidden, BuiltIn, NotYourself, Invalid.
    """
    role = locked_role(role_id)
    rules.check_administers(by, system=role.system.slug)
    rules.check_not_builtin(role.name, is_builtin=role.is_builtin)
    old = {"name": role.name, "permissions": role.permissions}
    if permissions is not None:
        _check_permissions(permissions)
        if set(permissions) - set(role.permissions) and _holds(by, role):
            raise rules.NotYourself
        role.permissions = sorted(set(permissions))
    role.name = role.name if name is None else name
    role.description = role.description if description is None else description
    role.version += 1
    _save_role(role)
    new = {"name": role.name, "permissions": role.permissions}
    if new != old:
        revoke_holders(role)
    sync.publish_role(role, action="update")
    record("role_changed", subject=f"role:{role_id}", by=by, at=at, old=old, new=new)
    return role


@transaction.atomic
def demand_second_factor(*, role_id: int, is_demanded: bool, by: Actor, at: datetime) -> Role:
    """Say whether the holders of a role, built in or not, must have a second factor.

    The access tokens of its holders end: what those without one get instead opens only the way
    to set one up. Role, then holders are locked until commit. Raises NotFound, Forbidden.
    """
    role = locked_role(role_id)
    rules.check_administers(by, system=role.system.slug)
    if role.requires_second_factor == is_demanded:
        return role
    role.requires_second_factor = is_demanded
    role.save(update_fields=["requires_second_factor"])
    revoke_holders(role)
    subject = f"role:{role_id}"
    record("role_second_factor", subject=subject, by=by, at=at, is_demanded=is_demanded)
    return role


@transaction.atomic
def retire_role(*, role_id: int, by: Actor, at: datetime) -> None:
    """End a role that nobody holds and tell the others; its name is free again.

    The role is locked until commit. Raises NotFound, Forbidden, BuiltIn, RoleInUse.
    """
    role = locked_role(role_id)
    rules.check_administers(by, system=role.system.slug)
    rules.check_not_builtin(role.name, is_builtin=role.is_builtin)
    holders = role.memberships.count()
    if holders:
        raise RoleInUse(holders=holders)
    role.is_active = False
    role.version += 1
    role.save(update_fields=["is_active", "version"])
    sync.publish_role(role, action="delete")
    record("role_retired", subject=f"role:{role_id}", by=by, at=at, name=role.name)


def locked_role(role_id: int) -> Role:
    """Lock a role that is not retired. Raises NotFound."""
    roles = Role.objects.select_for_update(of=("self",), no_key=True).select_related("system")
    role = roles.filter(pk=role_id, is_active=True).first()
    if role is None:
        raise NotFound("There is no such role.")
    return role


def _holds(by: Actor, role: Role) -> bool:
    return role.memberships.filter(user_id=by.user_id or 0).exists()


def _check_permissions(permissions: Sequence[str]) -> None:
    rules.check_permissions(permissions, systems=System.objects.values_list("slug", flat=True))


def _save_role(role: Role) -> None:
    save_named(role, taken="The system has a role of this name already.", field="name")
