"""Writes to people. Every change raises the person's version and reaches the other services."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from auth_service.access import sync
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens.models import End
from auth_service.tokens.revocation import end_tokens
from servicekit.errors import Invalid

from . import names, passwords, rules
from .models import User
from .selectors import locked_user

TAKEN = {
    "user_username_once_in_any_case": ("username", "This user name is taken."),
    "user_email_once_in_any_case": ("email", "There is an account with this address."),
}
CHANGEABLE = frozenset({"username", "email", "first_name", "last_name", "is_active"})


@transaction.atomic
def create_user(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    password: str | None,
    by: Actor,
    at: datetime,
    is_superuser: bool = False,
) -> User:
    """Add a person; without a password they cannot sign in before they set one.

    Raises Forbidden, Invalid.
    """
    rules.check_may_change(by, is_superuser=is_superuser)
    names.check_username(username)
    user = User(
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        date_joined=at,
        is_superuser=is_superuser,
        version=0,
    )
    if password is not None:
        passwords.check_good_enough(password, user=user)
    user.set_password(password)
    _save(user)
    sync.publish_user(user)
    record("user_created", subject=f"user:{user.pk}", by=by, at=at, username=username)
    return user


@transaction.atomic
def update_user(*, user_id: int, changes: Mapping[str, Any], by: Actor, at: datetime) -> User:
    """Change names, address or state of a person; the person is locked until commit.

    Deactivating ends every session. Raises NotFound, Forbidden, CannotDeactivateYourself, Invalid.
    """
    user = locked_user(user_id)
    rules.check_may_change(by, is_superuser=user.is_superuser)
    return _changed(user, changes=changes, by=by, at=at)


@transaction.atomic
def update_profile(*, changes: Mapping[str, Any], by: Actor, at: datetime) -> User:
    """Change one's own first and last name; the person is locked until commit."""
    user = locked_user(by.user_id or 0)
    own = {field: changes[field] for field in ("first_name", "last_name") if field in changes}
    return _changed(user, changes=own, by=by, at=at)


def deactivate_user(*, user_id: int, by: Actor, at: datetime) -> None:
    """End somebody's access and keep the account: tickets and audit trails name the person.

    Raises NotFound, Forbidden, CannotDeactivateYourself.
    """
    update_user(user_id=user_id, changes={"is_active": False}, by=by, at=at)


@transaction.atomic
def set_password(*, user_id: int, password: str, by: Actor, at: datetime) -> None:
    """Set one's own password, or as a superuser anybody's, and end every session.

    The person is locked until commit. Raises Forbidden, NotFound, Invalid.
    """
    rules.check_may_set_password(by, user_id=user_id)
    user = locked_user(user_id)
    passwords.check_good_enough(password, user=user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_tokens(user, at=at, reason=End.PASSWORD)
    record("password_set", subject=f"user:{user_id}", by=by, at=at)


def _changed(user: User, *, changes: Mapping[str, Any], by: Actor, at: datetime) -> User:
    new = {
        field: value
        for field, value in changes.items()
        if field in CHANGEABLE and getattr(user, field) != value
    }
    if not new:
        return user
    old = {field: getattr(user, field) for field in new}
    if "username" in new:
        names.check_username(new["username"])
    if new.get("is_active") is False:
        rules.check_may_deactivate(by, user_id=user.pk)
        end_tokens(user, at=at, reason=End.DEACTIVATED)
    for field, value in new.items():
        setattr(user, field, value)
    _save(user)
    sync.publish_user(user)
    record("user_changed", subject=f"user:{user.pk}", by=by, at=at, old=old, new=new)
    return user


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as refusal:
        cause = refusal.__cause__
        name = cause.diag.constraint_name if isinstance(cause, UniqueViolation) else None
        field, sentence = TAKEN.get(name or "", ("username", "This user name is taken."))
        raise Invalid(sentence, field=field) from refusal
