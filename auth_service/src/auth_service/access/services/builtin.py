"""Make sure that every installation has its systems and built-in roles."""

from datetime import datetime

from django.db import connection, transaction

from auth_service.access import sync
from auth_service.access.builtin import ROLES, SYSTEMS
from auth_service.access.models import Role, System
from auth_service.audit.actors import OPERATOR
from auth_service.audit.services import record

from .holders import revoke_holders

BUILTIN_LOCK = 0x7453_4B46


def reconcile(*, at: datetime) -> None:
    """Sweep: the built-in roles are there, and the others hear everything again."""
    ensure_builtin(at=at)
    sync.republish_everything(at=at)


@transaction.atomic
def ensure_builtin(*, at: datetime) -> None:
    """Create what is missing and correct what differs from the table; safe to call at any time.

    An advisory lock is held until commit, so that two callers do not create the same role.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BUILTIN_LOCK])
    for slug, name in SYSTEMS.items():
        system, _ = System.objects.get_or_create(
            slug=slug, defaults={"name": name, "is_builtin": True}
        )
        for role, (description, permissions) in ROLES[slug].items():
            _ensure_role(system, role, description, sorted(permissions), at=at)


def _ensure_role(
    system: System, name: str, description: str, permissions: list[str], *, at: datetime
) -> None:
    wanted = {"description": description, "permissions": permissions, "is_builtin": True}
    locked = Role.objects.select_for_update(no_key=True)
    role = locked.filter(system=system, name__iexact=name, is_active=True).first()
    if role is None:
        role = Role.objects.create(system=system, name=name, **wanted)
        sync.publish_role(role, action="create")
    elif any(getattr(role, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(role, field, value)
        role.version += 1
        role.save()
        revoke_holders(role)
        sync.publish_role(role, action="update")
    else:
        return
    record("role_ensured", subject=f"role:{role.pk}", by=OPERATOR, at=at, name=str(role))
