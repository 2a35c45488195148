"""Reads of people."""

from django.db.models import Q, QuerySet

from servicekit.errors import NotFound

from .models import User
from .names import folded, is_email


def people(*, search: str = "", is_active: bool | None = None) -> QuerySet[User]:
    """People in the order of their ids, those with `search` in a name or in the address."""
    found = User.objects.order_by("pk")
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
    """The person with this user name, or address, in any case."""
    wanted = folded(name)
    if is_email(wanted):
        return User.objects.filter(email__iexact=wanted).first()
    return User.objects.filter(username__iexact=wanted).first()


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
