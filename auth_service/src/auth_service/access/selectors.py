"""Reads of systems, roles and memberships."""

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from auth_service.accounts.models import User
from auth_service.accounts.selectors import user_called
from auth_service.audit.actors import Actor
from servicekit.errors import Invalid, NotFound

from .builtin import ADMIN
from .models import Membership, Role, System


def systems() -> QuerySet[System]:
    """Every system, in the order of their ids."""
    return System.objects.order_by("pk")


def system(system_id: int) -> System:
    """One system. Raises NotFound."""
    found = System.objects.filter(pk=system_id).first()
    if found is None:
        raise NotFound("There is no such system.")
    return found


def roles(*, by: Actor, system: str = "") -> QuerySet[Role]:
    """The roles of the systems that the caller administers, retired ones left out.

    Each with its `members`, suspended memberships included.
    """
    found = Role.objects.filter(is_active=True).select_related("system").order_by("pk")
    found = found.annotate(members=Count("memberships"))
    if not by.is_superuser:
        found = found.filter(system__slug__in=by.admin_of)
    return found.filter(system__slug=system) if system else found


def role(role_id: int, *, by: Actor) -> Role:
    """One role of a system that the caller administers. Raises NotFound."""
    found = roles(by=by).filter(pk=role_id).first()
    if found is None:
        raise NotFound("There is no such role.")
    return found


def demands_second_factor(role_id: int) -> bool:
    """Whether the holders of a role must have a second factor; False for an unknown one."""
    return Role.objects.filter(pk=role_id, requires_second_factor=True).exists()


def memberships(
    *, by: Actor, system: str = "", user_id: int | None = None, role_id: int | None = None
) -> QuerySet[Membership]:
    """Who holds what in the systems that the caller administers."""
    found = Membership.objects.select_related("role__system", "user").order_by("pk")
    if not by.is_superuser:
        found = found.filter(role__system__slug__in=by.admin_of)
    if system:
        found = found.filter(role__system__slug=system)
    if user_id is not None:
        found = found.filter(user_id=user_id)
    return found if role_id is None else found.filter(role_id=role_id)


def membership(assignment_id: int, *, by: Actor) -> Membership:
    """One membership in a system that the caller administers. Raises NotFound."""
    found = memberships(by=by).filter(pk=assignment_id).first()
    if found is None:
        raise NotFound("There is no such assignment.")
    return found


def person_called(name: str) -> int:
    """The id of the person with this user name or address. Raises Invalid."""
    if not name.strip():
        raise Invalid("Say who, by id or by name.", field="user_id")
    person = user_called(name)
    if person is None:
        raise Invalid("There is no such person.", field="username")
    return person.pk


def roles_held(user_id: int) -> list[Role]:
    """The roles that grant a person something right now."""
    held = Role.objects.filter(
        is_active=True, memberships__user_id=user_id, memberships__is_active=True
    )
    return list(held.select_related("system").order_by("pk"))


def systems_administered(user_id: int) -> frozenset[str]:
    """The slugs of the systems whose administrator a person is right now."""
    return frozenset(role.system.slug for role in roles_held(user_id) if role.name == ADMIN)


def with_roles(user: User) -> User:
    """The same person, with the active memberships in `held` (one query)."""
    active = Membership.objects.filter(is_active=True).select_related("role__system")
    prefetch_related_objects([user], Prefetch("memberships", active.order_by("pk"), to_attr="held"))
    return user
