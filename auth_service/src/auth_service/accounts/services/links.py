"""Links by which people set a password: asked for, sent, spent once."""

from datetime import datetime, timedelta

from django.db import transaction

from auth_service.accounts import links, mails
from auth_service.accounts.models import EmailChange, PasswordLink, User
from auth_service.accounts.selectors import locked_user, user_called
from auth_service.audit.actors import Actor
from auth_service.audit.services import record

from .profile import replace_password

RESET_VALID = timedelta(hours=1)
FIRST_PASSWORD_VALID = timedelta(days=7)
KEEP = timedelta(days=7)


@transaction.atomic
def ask_for_reset(*, email: str, by: Actor, at: datetime) -> None:
    """Mail a link to the active person of this address; locks the person.

    For unknown addresses the same statements run and are rolled back: both ways cost the same.
    """
    found = user_called(email)
    user = found if found is not None and found.is_active else None
    with transaction.atomic():
        _send_reset(user or User(pk=0, username="nobody", email=email), at=at)
        if user is None:
            transaction.set_rollback(True)
    subject = f"user:{user.pk}" if user else "user:unknown"
    record("password_reset_asked", subject=subject, by=by, at=at)


@transaction.atomic
def reset_password(*, token: str, password: str, by: Actor, at: datetime) -> None:
    """Set the password of whoever got this link, and end every session and the link.

    The person is locked until commit, so that of any number of callers one wins.
    Raises LinkInvalid, Invalid.
    """
    sha256 = links.digest(token)
    known = PasswordLink.objects.filter(token_sha256=sha256).values_list("user_id").first()
    if known is None:
        raise links.LinkInvalid
    user = locked_user(known[0])
    good = PasswordLink.objects.filter(token_sha256=sha256, used_at=None, expires_at__gt=at)
    if not user.is_active or not good.update(used_at=at):
        raise links.LinkInvalid
    who = Actor(user_id=user.pk, username=user.username, ip_address=by.ip_address)
    replace_password(user, password=password, field="password", by=who, at=at)


@transaction.atomic
def first_password_link(user: User, *, by: Actor, at: datetime) -> None:
    """Invite a new person, whose row the caller has locked, to set a password within 7 days."""
    token = _issued(user, valid=FIRST_PASSWORD_VALID, at=at)
    expires_at = at + FIRST_PASSWORD_VALID
    mails.send_first_password(user, token=token, actor_name=by.username, expires_at=expires_at)


def discard_old_links(*, at: datetime) -> None:
    """Delete the links that have been over for a week, those to new addresses included."""
    EmailChange.objects.filter(expires_at__lt=at - KEEP).delete()
    PasswordLink.objects.filter(expires_at__lt=at - KEEP).delete()


def _send_reset(user: User, *, at: datetime) -> None:
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk))
    token = _issued(user, valid=RESET_VALID, at=at)
    mails.send_reset(user, token=token, expires_at=at + RESET_VALID)


def _issued(user: User, *, valid: timedelta, at: datetime) -> str:
    """Replace the open links of a person by a new one."""
    token = links.new_token()
    PasswordLink.objects.filter(user_id=user.pk, used_at=None).delete()
    PasswordLink.objects.create(
        user_id=user.pk, token_sha256=links.digest(token), created_at=at, expires_at=at + valid
    )
    return token
