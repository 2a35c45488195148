"""Following Auth: its news of roles and people, in whatever order they arrive."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from servicekit.contracts import RoleSync, SystemRole, UserSystemRoleSync
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry
from workflow_api.roles.models import Member, Person, Role
from workflow_api.roles.selectors import SYSTEM

SEALED_FIELDS = ["version", "audit_seq", "audit_hash"]


class Applied(StrEnum):
    """What news did to the replica."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    STALE = "stale"


Change = tuple[str, Any, Any]
"""Field, old value, new value."""


@transaction.atomic
def apply_role(message: RoleSync, *, at: datetime) -> Applied:
    """Make a role what Auth says it is; older news than the last is ignored.

    The role's row is locked until commit. A repetition of the last news is applied again, which
    heals a replica that lost something.
    """
    wanted: dict[str, Any] = {
        "name": message.name,
        "system": message.system,
        "description": message.description,
        "is_active": message.action != "delete",
    }
    version = max(message.version, 1)
    role = _locked_role(message.role_id, name=message.name, system=message.system)
    if version < role.version:
        return Applied.STALE
    was_known = role.version > 0
    changes = _change(role, wanted)
    if was_known and not changes and version == role.version:
        return Applied.UNCHANGED
    role.version = version
    audit.record(*_entries(role, "role", changes, was_known=was_known, at=at))
    role.save(update_fields=[*wanted, *SEALED_FIELDS])
    return Applied.CHANGED


@transaction.atomic
def apply_person(message: UserSystemRoleSync, *, at: datetime) -> Applied:
    """Make a person, and which tts roles they hold, what Auth says; older news is ignored.

    The person's row is locked until commit. A role that nobody has told of yet gets a placeholder,
    which its own news fills.
    """
    wanted: dict[str, Any] = {
        "username": message.username,
        "email": message.email,
        "full_name": message.full_name,
        "is_active": message.is_active,
    }
    version = max(message.version, 1)
    person = _locked_person(message.user_id, username=message.username)
    if version < person.version:
        return Applied.STALE
    was_known = person.version > 0
    held = {each.role_id: each for each in message.system_roles if _counts(each)}
    joined, left = _replace_memberships(person, held.values() if message.is_active else [])
    changes = _change(person, wanted) + _membership_changes(joined, left)
    if was_known and not changes and version == person.version:
        return Applied.UNCHANGED
    person.version = version
    audit.record(*_entries(person, "person", changes, was_known=was_known, at=at))
    person.save(update_fields=[*wanted, *SEALED_FIELDS])
    return Applied.CHANGED


def _counts(role: SystemRole) -> bool:
    return role.system == SYSTEM and role.is_active


def _locked_role(role_id: int, **named: str) -> Role:
    rows = Role.objects.select_for_update(no_key=True).filter(pk=role_id)
    if (role := rows.first()) is None:
        Role.objects.bulk_create([Role(role_id=role_id, **named)], ignore_conflicts=True)
        role = rows.get()
    return role


def _locked_person(user_id: int, **named: str) -> Person:
    rows = Person.objects.select_for_update(no_key=True).filter(pk=user_id)
    if (person := rows.first()) is None:
        Person.objects.bulk_create([Person(user_id=user_id, **named)], ignore_conflicts=True)
        person = rows.get()
    return person


def _replace_memberships(
    person: Person, wanted: Iterable[SystemRole]
) -> tuple[dict[int, str], dict[int, str]]:
    """Make the active memberships exactly those; returns (joined, left) as role → name.

    A membership that comes back keeps its place in the round.
    """
    roles = {each.role_id: each.role_name for each in wanted}
    held = {member.role_id: member for member in person.memberships.select_related("role")}
    now_active = {role_id for role_id, member in held.items() if member.is_active}
    joined = {role_id: name for role_id, name in roles.items() if role_id not in now_active}
    left = {role_id: held[role_id].role.name for role_id in now_active - roles.keys()}
    new = sorted(joined.keys() - held.keys())
    placeholders = [Role(role_id=each, name=joined[each], system=SYSTEM) for each in new]
    Role.objects.bulk_create(placeholders, ignore_conflicts=True)
    Member.objects.bulk_create([Member(role_id=each, person=person) for each in new])
    for role_ids, is_active in ((joined.keys() & held.keys(), True), (left.keys(), False)):
        if role_ids:
            person.memberships.filter(role__in=role_ids).update(is_active=is_active)
    return joined, left


def _change(row: Role | Person, wanted: dict[str, Any]) -> list[Change]:
    """Set the values on the row; returns (field, old, new) of those that differ."""
    changes = [
        (name, getattr(row, name), value)
        for name, value in wanted.items()
        if getattr(row, name) != value
    ]
    for name, _, value in changes:
        setattr(row, name, value)
    return changes


def _membership_changes(joined: dict[int, str], left: dict[int, str]) -> list[Change]:
    gone = [("role", name, None) for _, name in sorted(left.items())]
    return gone + [("role", None, name) for _, name in sorted(joined.items())]


def _entries(
    row: Role | Person, noun: str, changes: list[Change], *, was_known: bool, at: datetime
) -> list[AuditEntry]:
    """Return one entry a change; of somebody new, that they came and with which roles."""
    told = changes if was_known else [change for change in changes if change[0] == "role"]
    entries = [
        AuditEntry(subject=row, action=f"{noun}_changed", at=at, field=field, old=old, new=new)
        for field, old, new in told
    ]
    if was_known:
        return entries
    created = AuditEntry(subject=row, action=f"{noun}_created", at=at, details={"name": str(row)})
    return [created, *entries]
