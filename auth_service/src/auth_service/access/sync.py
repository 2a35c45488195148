"""What other services hear about roles and people, and the periodic repetition of all of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, cast, get_args

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from auth_service.accounts.models import User
from servicekit import outbox
from servicekit.contracts import RoleSync, SystemRole, UserSystemRoleSync
from servicekit.contracts.roles import SystemSlug

from .models import Membership, Role

Action = Literal["create", "update", "delete"]
TRAVELLING = frozenset(get_args(SystemSlug))
BATCH = 500


def role_message(role: Role, *, action: Action) -> RoleSync:
    """Describe a role as it is now."""
    return RoleSync(
        role_id=role.pk,
        name=role.name,
        system=cast(SystemSlug, role.system.slug),
        description=role.description,
        action=action,
        version=role.version,
    )


def user_message(user: User, *, memberships: Iterable[Membership]) -> UserSystemRoleSync:
    """Describe a person with all memberships, each loaded with its role and system."""
    return UserSystemRoleSync(
        user_id=user.pk,
        username=user.username,
        email=user.email,
        full_name=user.full_name,
        is_active=user.is_active,
        system_roles=[
            SystemRole(
                system=cast(SystemSlug, each.role.system.slug),
                role_id=each.role_id,
                role_name=each.role.name,
                is_active=each.is_active,
            )
            for each in memberships
            if each.role.system.slug in TRAVELLING
        ],
        version=user.version,
    )


def publish_role(role: Role, *, action: Action) -> None:
    """Tell others about a role whose row the caller has locked and whose version it has raised."""
    if role.system.slug in TRAVELLING:
        outbox.record(role_message(role, action=action))


def publish_user(user: User) -> None:
    """Raise the version of a person whose row the caller has locked, and tell others."""
    user.version += 1
    user.save(update_fields=["version"])
    outbox.record(user_message(user, memberships=_memberships().filter(user=user)))


def republish_everything(*, at: datetime) -> None:
    """Record every role and every person again, so that a replica that lost something heals.

    A person is read before the memberships: a change in between is repeated by its own message,
    whose version is higher.
    """
    roles = Role.objects.filter(system__slug__in=TRAVELLING).select_related("system")
    _record_in_batches(
        role_message(role, action="update" if role.is_active else "delete")
        for role in roles.order_by("pk").iterator(BATCH)
    )
    people = User.objects.prefetch_related(Prefetch("memberships", _memberships())).order_by("pk")
    _record_in_batches(
        user_message(user, memberships=user.memberships.all()) for user in people.iterator(BATCH)
    )


def _memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("role__system").order_by("pk")


def _record_in_batches(messages: Iterator[RoleSync | UserSystemRoleSync]) -> None:
    batch: list[RoleSync | UserSystemRoleSync] = []
    for message in messages:
        batch.append(message)
        if len(batch) == BATCH:
            _record(batch)
            batch = []
    _record(batch)


def _record(batch: list[RoleSync | UserSystemRoleSync]) -> None:
    if batch:
        with transaction.atomic():
            outbox.record(*batch)
