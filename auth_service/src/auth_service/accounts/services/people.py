"""Writes to people. Every change raises the person's version and reaches the other services."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from auth_service.access import sync
from auth_service.accounts import mails, names, passwords, rules
from auth_service.accounts.models import EmailChange, PasswordLink, User
from auth_service.accounts.selectors import locked_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens.models import End
from auth_service.tokens.revocation import end_tokens
from servicekit.errors import Invalid

TAKEN = {
    "user_username_once_in_any_case": ("username", "This user name is taken."),
    "user_email_once_in_any_case": ("email", "There is an account with this address."),
}
PROFILE = frozenset({"email", "first_name", "last_name", "phone", "time_zone", "language"})
CHANGEABLE = PROFILE | {"username", "is_active"}


@transaction.atomic
def create_user(
    *, password: str | None, by: Actor, at: datetime, is_superuser: bool = False, **profile: str
) -> User:
    """Add a person; without a password they cannot sign in before they set one.

    Raises Forbidden, Invalid.
    """
    rules.check_may_change(by, is_superuser=is_superuser)
    user = User(**_known(profile), is_superuser=is_superuser)
    return add_person(user, password=password, by=by, at=at)


@transaction.atomic
def add_person(user: User, *, password: str | None, by: Actor, at: datetime) -> User:
    """Store a new person with a password that is good enough; the caller knows `by` may do so.

    Raises Invalid.
    """
    if password is not None:
        passwords.check_good_enough(password, user=user)
    user.set_password(password)
    return add_hashed(user, by=by, at=at)


@transaction.atomic
def add_hashed(user: User, *, by: Actor, at: datetime) -> User:
    """Store a new person whose password is hashed already. Raises Invalid."""
    names.check_username(user.username)
    user.date_joined, user.version = at, 0
    _save(user)
    sync.publish_user(user)
    record("user_created", subject=f"user:{user.pk}", by=by, at=at, username=user.username)
    return user


@transaction.atomic
def update_user(*, user_id: int, changes: Mapping[str, Any], by: Actor, at: datetime) -> User:
    """Change names, address or state of a person; the person is locked until commit.

    Deactivating ends every session. Raises NotFound, Forbidden, CannotDeactivateYourself, Invalid.
    """
    user = locked_user(user_id)
    rules.check_may_change(by, is_superuser=user.is_superuser)
    return change(user, changes=changes, by=by, at=at)


def deactivate_user(*, user_id: int, by: Actor, at: datetime, reason: str = "") -> User:
    """End somebody's access and keep the account: tickets and audit trails name the person.

    Raises NotFound, Forbidden, CannotDeactivateYourself.
    """
    return set_active(user_id=user_id, is_active=False, reason=reason, by=by, at=at)


@transaction.atomic
def set_active(*, user_id: int, is_active: bool, by: Actor, at: datetime, reason: str = "") -> User:
    """Close or open an account; the person is locked until commit.

    Raises NotFound, Forbidden, CannotDeactivateYourself.
    """
    user = locked_user(user_id)
    rules.check_may_change(by, is_superuser=user.is_superuser)
    details = {"reason": reason} if reason else {}
    return change(user, changes={"is_active": is_active}, by=by, at=at, **details)


def change(
    user: User, *, changes: Mapping[str, Any], by: Actor, at: datetime, **details: str
) -> User:
    """Store what differs, for a person whose row the caller has locked.

    Raises CannotDeactivateYourself, OwnAddressIsConfirmed, Invalid.
    """
    new = {
        field: value
        for field, value in changes.items()
        if field in CHANGEABLE and getattr(user, field) != value
    }
    if not new:
        return user
    if "username" in new:
        names.check_username(new["username"])
    if "email" in new:
        rules.check_may_set_address(by, user_id=user.pk)
    if new.get("is_active") is False:
        rules.check_may_deactivate(by, user_id=user.pk)
        end_tokens(user, at=at, reason=End.DEACTIVATED)
    return store(user, new=new, by=by, at=at, **details)


def store(user: User, *, new: Mapping[str, Any], by: Actor, at: datetime, **details: str) -> User:
    """Store new values that were checked, for a person whose row the caller has locked.

    Raises Invalid. A new address ends the links of the old one, which hears of it too.
    """
    old = {field: getattr(user, field) for field in new}
    for field, value in new.items():
        setattr(user, field, value)
    _save(user)
    if "email" in new:
        _address_changed(user, old=old["email"], by=by, at=at)
    sync.publish_user(user)
    record("user_changed", subject=f"user:{user.pk}", by=by, at=at, old=old, new=new, **details)
    return user


def _address_changed(user: User, *, old: str, by: Actor, at: datetime) -> None:
    PasswordLink.objects.filter(user=user, used_at=None).delete()
    EmailChange.objects.filter(user=user, used_at=None).delete()
    actor_name = "" if by.user_id == user.pk else by.username
    for address in (old, user.email):
        mails.send_changed(user, fields=["email"], at=at, actor_name=actor_name, to=address)


def _known(profile: Mapping[str, str]) -> Mapping[str, str]:
    unknown = set(profile) - PROFILE - {"username"}
    if unknown:
        raise TypeError(f"a person has no {', '.join(sorted(unknown))}")
    return profile


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as refusal:
        cause = refusal.__cause__
        name = cause.diag.constraint_name if isinstance(cause, UniqueViolation) else None
        field, sentence = TAKEN.get(name or "", ("username", "This user name is taken."))
        raise Invalid(sentence, field=field) from refusal
