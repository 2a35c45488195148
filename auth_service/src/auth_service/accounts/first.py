"""The accounts that exist before anybody can give anybody a role."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from auth_service.access import services as access
from auth_service.access.builtin import ADMIN, SYSTEMS
from auth_service.access.models import Membership, Role
from auth_service.audit.actors import OPERATOR

from . import services
from .models import User


@transaction.atomic
def create_admin(*, username: str, email: str, password: str, at: datetime) -> User:
    """Create a superuser who administers every system. Raises Invalid."""
    access.ensure_builtin(at=at)
    user = services.create_user(
        username=username,
        email=email,
        first_name="",
        last_name="",
        password=password,
        is_superuser=True,
        by=OPERATOR,
        at=at,
    )
    ensure_roles(user, roles=((slug, ADMIN) for slug in SYSTEMS), at=at)
    return user


def ensure_roles(user: User, *, roles: Iterable[tuple[str, str]], at: datetime) -> None:
    """Give a person the roles (system, name) that they do not hold yet."""
    for system, name in roles:
        role = Role.objects.get(system__slug=system, name=name, is_active=True)
        if not Membership.objects.filter(user=user, role=role).exists():
            access.grant_role(user_id=user.pk, role_id=role.pk, system=system, by=OPERATOR, at=at)
