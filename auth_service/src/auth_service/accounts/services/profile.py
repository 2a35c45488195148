"""What people change about themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from auth_service.accounts import mails, passwords, rules
from auth_service.accounts.models import EmailChange, PasswordLink, User
from auth_service.accounts.selectors import locked_user, user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens import limits, proofs
from auth_service.tokens.models import End
from auth_service.tokens.revocation import end_tokens
from auth_service.tokens.sessions import Client
from servicekit.errors import Invalid

from .addresses import want_address, withdraw_wish
from .people import PROFILE, change


def update_profile(
    *, changes: Mapping[str, Any], current_password: str | None = None, by: Actor, at: datetime
) -> User:
    """Change one's own names, phone, time zone, language, and ask with the password for an address.

    A new address waits for its mail box; the present one withdraws what waits. The person is
    locked until commit. Raises NotFound, Invalid, TooManyAttempts, TooOften.
    """
    own = {field: value for field, value in changes.items() if field in PROFILE}
    me = user(by.user_id or 0)
    email = own.pop("email", None)
    is_new = email not in (None, me.email)
    if is_new:
        check_own_password(me, password=current_password, by=by, at=at)
        limits.admit("email-change", account=str(me.pk), ip_address=by.ip_address)
    with transaction.atomic():
        locked = change(locked_user(me.pk), changes=own, by=by, at=at)
        if is_new:
            want_address(locked, email=email, by=by, at=at)
        elif email is not None:
            withdraw_wish(locked, by=by, at=at)
    return locked


def change_password(*, current_password: str, new_password: str, by: Actor, at: datetime) -> None:
    """Replace one's own password and end every session, the one that asks included.

    The person is locked until commit. Raises Invalid, TooManyAttempts.
    """
    me = user(by.user_id or 0)
    check_own_password(me, password=current_password, by=by, at=at)
    if new_password == current_password:
        raise Invalid("The new password is the current one.", field="new_password")
    with transaction.atomic():
        locked = locked_user(me.pk)
        if locked.password != me.password:
            raise Invalid("The password was changed meanwhile.", field="current_password")
        replace_password(locked, password=new_password, field="new_password", by=by, at=at)


@transaction.atomic
def set_password(*, user_id: int, password: str, by: Actor, at: datetime) -> None:
    """Set one's own password, or as a superuser anybody's, and end every session.

    The person is locked until commit. Raises Forbidden, NotFound, Invalid.
    """
    rules.check_may_set_password(by, user_id=user_id)
    replace_password(locked_user(user_id), password=password, field="password", by=by, at=at)


def replace_password(locked: User, *, password: str, field: str, by: Actor, at: datetime) -> None:
    """Set the password of a locked person; sessions, tokens and open links end. Raises Invalid."""
    passwords.check_good_enough(password, user=locked, field=field)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    PasswordLink.objects.filter(user=locked, used_at=None).delete()
    EmailChange.objects.filter(user=locked, used_at=None).delete()
    end_tokens(locked, at=at, reason=End.PASSWORD)
    record("password_set", subject=f"user:{locked.pk}", by=by, at=at)
    actor_name = "" if by.user_id == locked.pk else by.username
    mails.send_changed(locked, fields=["password"], at=at, actor_name=actor_name)


def check_own_password(me: User, *, password: str | None, by: Actor, at: datetime) -> None:
    """Refuse whoever does not know the password; limited and audited like a sign-in.

    Raises Invalid, TooManyAttempts. Not inside a transaction: the refusal is to be kept.
    """
    if not password:
        raise Invalid("Enter your current password.", field="current_password")
    attempt = limits.reserve(name=me.username, user=me, ip_address=by.ip_address)
    if not passwords.is_password_of(me, password=password):
        where = Client(ip_address=by.ip_address)
        proofs.refused(me, reason="wrong password", client=where, at=at, locked=attempt.is_last)
        raise Invalid("This is not your current password.", field="current_password")
    limits.release(attempt)
