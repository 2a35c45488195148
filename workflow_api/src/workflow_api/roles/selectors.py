"""Who holds which role, as Auth said last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Count, Max, Min, Q, QuerySet

from servicekit.errors import NotFound
from workflow_api.roles.models import Availability, Member, Person, Role

SYSTEM = "tts"


class PersonNotFound(NotFound):
    message = "There is no person {user_id}."


class RoleNotFound(NotFound):
    message = "There is no role {role_id}."


class Holder(Protocol):
    """Somebody who asks; a Principal is one."""

    @property
    def user_id(self) -> int: ...

    def roles_in(self, system: str, /) -> frozenset[str]: ...


def role_ids_of(principal: Holder) -> set[int]:
    """Return the active tts roles that the caller holds now; none without one in the token."""
    if not principal.roles_in(SYSTEM):
        return set()
    held = Member.objects.filter(person=principal.user_id, is_active=True, **_in_tts("role__"))
    return set(held.values_list("role_id", flat=True))


def role_ids_held_by(user_id: int) -> set[int]:
    """Return the roles whose work a person may be given."""
    held = Member.objects.filter(person=user_id, is_active=True)
    return set(held.values_list("role_id", flat=True))


def is_member(*, role_id: int, user_id: int) -> bool:
    """Return whether a person may be given work of a role now."""
    return active_members(role_id).filter(person=user_id).exists()


def active_members(role_id: int) -> QuerySet[Member]:
    """Return who may be given work of a role now, with their person, in a fixed order."""
    members = Member.objects.filter(role=role_id, is_active=True, role__is_active=True)
    return members.select_related("person__availability").order_by("person_id")


def active_member(*, role_id: int, user_id: int) -> Member | None:
    """Return the membership of somebody who may be given work of a role now."""
    return active_members(role_id).filter(person=user_id).first()


def first_and_last_members(role_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return the lowest and the highest number among who may be given work; one query."""
    members = Member.objects.filter(role__in=role_ids, is_active=True, role__is_active=True)
    ends = members.values("role_id").annotate(first=Min("person"), last=Max("person"))
    return {
        role_id: (first, last)
        for role_id, first, last in ends.values_list("role_id", "first", "last")
    }


def has_lost(*, role_id: int, user_id: int) -> bool:
    """Return whether a person no longer holds a role that is still active."""
    lost = Member.objects.filter(is_active=False, role__is_active=True)
    return lost.filter(role=role_id, person=user_id).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """For whom somebody stands in, and the roles that these hold."""

    people: frozenset[int] = frozenset()
    role_ids: frozenset[int] = frozenset()


def deputy_for(user_id: int, *, at: datetime) -> Deputy:
    """Return for which absent people somebody stands in at that instant; one query."""
    absent = absent_with_substitute(user_id, at=at).values("person")
    held = Member.objects.filter(person__in=absent, is_active=True, **_in_tts("role__"))
    pairs = list(held.values_list("person_id", "role_id"))
    return Deputy(
        people=frozenset(person for person, _ in pairs),
        role_ids=frozenset(role for _, role in pairs),
    )


def absent_with_substitute(user_id: int, *, at: datetime) -> QuerySet[Availability]:
    """Return the availabilities of who is absent and has this substitute."""
    lasts = Q(absent_until=None) | Q(absent_until__gt=at)
    return Availability.objects.filter(lasts, substitute=user_id, absent_from__lte=at)


def email_of(user_id: int) -> str:
    """Return somebody's address; empty for who is not known."""
    found = Person.objects.filter(pk=user_id).values_list("email", flat=True)
    return found.first() or ""


def availability(user_id: int) -> Availability:
    """Return when a person can be given work; always, where nothing is said.

    Raises PersonNotFound.
    """
    found = Availability.objects.filter(person=user_id).first()
    if found is None and not Person.objects.filter(user_id=user_id).exists():
        raise PersonNotFound(user_id=user_id)
    return found or Availability(person_id=user_id)


def is_absent(user_id: int, *, at: datetime) -> bool:
    """Return whether a person is away at that instant."""
    found = Availability.objects.filter(person=user_id).first()
    return found is not None and found.is_absent(at)


def staffed(role_ids: Iterable[int]) -> set[int]:
    """Return those of the roles that have at least one active member; one query."""
    return set(member_counts(role_ids))


def member_counts(role_ids: Iterable[int]) -> dict[int, int]:
    """Return how many may be given work of each role, of those that have anybody; one query."""
    members = Member.objects.filter(role__in=set(role_ids), is_active=True, role__is_active=True)
    counted = members.values("role_id").annotate(people=Count("id"))
    return dict(counted.values_list("role_id", "people"))


def memberships(
    *, role_ids: Collection[int], user_ids: Collection[int]
) -> frozenset[tuple[int, int]]:
    """Return which of these people may be given work of which of these roles: (role, person)."""
    members = Member.objects.filter(is_active=True, role__is_active=True)
    found = members.filter(role__in=role_ids, person__in=user_ids)
    return frozenset(found.values_list("role_id", "person_id"))


def roles(*, system: str = "", search: str = "", is_active: bool | None = None) -> QuerySet[Role]:
    """Return roles with their number of active members, by system and name."""
    found = Role.objects.annotate(
        member_count=Count("members", filter=Q(members__is_active=True, is_active=True))
    )
    if system:
        found = found.filter(system=system)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(description__icontains=search))
    if is_active is not None:
        found = found.filter(is_active=is_active)
    return found.order_by("system", "name", "role_id")


def role(role_id: int) -> Role:
    """Return one role with its number of active members. Raises RoleNotFound."""
    if (found := roles().filter(pk=role_id).first()) is None:
        raise RoleNotFound(role_id=role_id)
    return found


def roles_by_name(names: Iterable[str]) -> dict[str, Role]:
    """Return the active tts roles of these names; one query. Case matters not; keys are lower."""
    wanted = {name.casefold() for name in names}
    if not wanted:
        return {}
    found = Role.objects.filter(**_in_tts()).order_by("-role_id")
    return {role.name.casefold(): role for role in found if role.name.casefold() in wanted}


def members_named(name: str) -> set[int]:
    """Return who may be given work of the tts role of that name, in any case; one query."""
    members = Member.objects.filter(is_active=True, role__name__iexact=name, **_in_tts("role__"))
    return set(members.values_list("person_id", flat=True))


def role_ids_named(name: str) -> set[int]:
    """Return the tts roles of that name or number, all of them for an empty one; one query."""
    found = Role.objects.filter(system=SYSTEM)
    if name.isascii() and name.isdigit():
        found = found.filter(Q(name__iexact=name) | Q(pk=min(int(name), 2**63 - 1)))
    elif name:
        found = found.filter(name__iexact=name)
    return set(found.values_list("pk", flat=True))


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by their numbers; one query."""
    return {each.user_id: str(each) for each in Person.objects.filter(pk__in=set(user_ids))}


def roles_by_id(role_ids: Iterable[int]) -> dict[int, Role]:
    """Return the tts roles of these numbers; one query."""
    wanted = set(role_ids)
    if not wanted:
        return {}
    return {role.role_id: role for role in Role.objects.filter(pk__in=wanted, system=SYSTEM)}


def _in_tts(prefix: str = "") -> dict[str, object]:
    return {f"{prefix}system": SYSTEM, f"{prefix}is_active": True}
