"""Writes to systems."""

from datetime import datetime

from django.db import transaction

from auth_service.access import rules, sync
from auth_service.access.builtin import ADMIN
from auth_service.access.models import Membership, Role, System
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import Conflict, Invalid, NotFound

from .saving import save_named


@transaction.atomic
def create_system(*, slug: str, name: str, description: str, by: Actor, at: datetime) -> System:
    """Add a system together with its built-in administrator role. Raises Forbidden, Invalid."""
    rules.check_administers(by, system=rules.HOME_SYSTEM)
    if System.objects.filter(slug=slug).exists():
        raise Invalid("There is a system of this name already.", field="slug")
    system = System(slug=slug, name=name, description=description)
    save_named(system, taken="There is a system of this name already.", field="slug")
    role = Role.objects.create(
        system=system, name=ADMIN, description=f"Administers {name}.", is_builtin=True
    )
    sync.publish_role(role, action="create")
    record("system_created", subject=f"system:{slug}", by=by, at=at, name=name)
    return system


@transaction.atomic
def update_system(
    *, system_id: int, name: str | None, description: str | None, by: Actor, at: datetime
) -> System:
    """Change how a system is called in sentences; its slug is fixed. Locks the system."""
    system = _locked_system(system_id)
    rules.check_administers(by, system=system.slug)
    if name is not None:
        system.name = name
    if description is not None:
        system.description = description
    system.save(update_fields=["name", "description"])
    record("system_changed", subject=f"system:{system.slug}", by=by, at=at, name=system.name)
    return system


@transaction.atomic
def delete_system(*, system_id: int, by: Actor, at: datetime) -> None:
    """Delete a system that nobody uses. Raises Forbidden, BuiltIn, Conflict."""
    system = _locked_system(system_id)
    rules.check_administers(by, system=rules.HOME_SYSTEM)
    rules.check_not_builtin(system.name, is_builtin=system.is_builtin)
    if system.roles.filter(is_builtin=False).exists() or Membership.objects.filter(
        role__system=system
    ):
        raise Conflict("The system has roles or members; remove them first.")
    system.roles.all().delete()
    system.delete()
    record("system_deleted", subject=f"system:{system.slug}", by=by, at=at)


def _locked_system(system_id: int) -> System:
    system = System.objects.select_for_update().filter(pk=system_id).first()
    if system is None:
        raise NotFound("There is no such system.")
    return system
