"""Reads of people."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Lower

from auth_service.access.models import Membership
from servicekit.errors import NotFound

from .models import EmailChange, Picture, User
from .names import is_email, normalized

EXPORTED = ["username", "email", "first_name", "last_name", "phone", "time_zone", "language"]


def people(
    *,
    search: str = "",
    is_active: bool | None = None,
    system: str = "",
    role_id: int | None = None,
) -> QuerySet[User]:
    """People in the order of their ids, those with `search` in a name or in the address.

    With `system` or `role_id`, those who hold an active role there.
    """
    found = User.objects.order_by("pk")
    if system or role_id is not None:
        found = found.filter(_holding(system=system, role_id=role_id))
    if is_active is not None:
        found = found.filter(is_active=is_active)
    for word in search.split():
        found = found.filter(
            Q(username__icontains=word)
            | Q(email__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
        )
    return found


def user_called(name: str) -> User | None:
    """The person with this user name, or address, in any case; by the index of both."""
    wanted = normalized(name)
    column = "email" if is_email(wanted) else "username"
    return User.objects.alias(key=Lower(column)).filter(key=Lower(Value(wanted))).first()


def user(user_id: int) -> User:
    """One person. Raises NotFound."""
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def locked_user(user_id: int) -> User:
    """One person, whose row is locked until commit. Raises NotFound."""
    found = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def with_pending_email(user: User, *, at: datetime) -> User:
    """The same person, with the address that waits to be confirmed in `pending_email`."""
    waiting = EmailChange.objects.filter(user_id=user.pk, used_at=None, expires_at__gt=at)
    user.pending_email = waiting.values_list("email", flat=True).first()
    return user


def picture(user_id: int) -> Picture:
    """The picture of a person. Raises NotFound."""
    found = Picture.objects.filter(user_id=user_id).first()
    if found is None:
        raise NotFound("There is no picture.")
    return found


def _holding(*, system: str, role_id: int | None) -> Exists:
    held = Membership.objects.filter(user=OuterRef("pk"), is_active=True, role__is_active=True)
    if system:
        held = held.filter(role__system__slug=system)
    return Exists(held if role_id is None else held.filter(role_id=role_id))


def export_rows() -> Iterator[dict[str, str]]:
    """Every person as the columns of a CSV file, with the roles that they hold (two queries)."""
    active = Membership.objects.filter(is_active=True, role__is_active=True)
    held = Prefetch("memberships", active.select_related("role__system").order_by("pk"), "held")
    for user in User.objects.order_by("pk").prefetch_related(held):
        row = {field: str(getattr(user, field)) for field in EXPORTED}
        roles = [f"{each.role.system.slug}:{each.role.name}" for each in user.held]
        yield row | {"is_active": str(user.is_active).lower(), "roles": ";".join(roles)}
