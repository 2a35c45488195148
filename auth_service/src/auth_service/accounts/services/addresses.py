"""One's own address: wanted, confirmed from its mail box, and only then used."""

from datetime import datetime, timedelta

from django.db import transaction

from auth_service.accounts import links, mails
from auth_service.accounts.models import EmailChange, User
from auth_service.accounts.selectors import locked_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record

from .people import store

VALID = timedelta(hours=24)


def want_address(user: User, *, email: str, by: Actor, at: datetime) -> None:
    """Mail a link to the address that a person, locked by the caller, wants from now on.

    An address that somebody has gets a mail that says so; the answer is the same.
    """
    token = links.new_token()
    _forget_open(user)
    wish = EmailChange.objects.create(
        user=user,
        email=email,
        token_sha256=links.digest(token),
        created_at=at,
        expires_at=at + VALID,
    )
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        mails.send_address_taken(email)
    else:
        mails.send_confirmation(user, to=email, token=token, expires_at=wish.expires_at)
    mails.send_address_wanted(user, wanted=email)
    record("email_change_asked", subject=f"user:{user.pk}", by=by, at=at, new=email)


def withdraw_wish(user: User, *, by: Actor, at: datetime) -> None:
    """Forget the address that a person, locked by the caller, wanted."""
    if _forget_open(user):
        record("email_change_withdrawn", subject=f"user:{user.pk}", by=by, at=at)


@transaction.atomic
def confirm_address(*, token: str, by: Actor, at: datetime) -> User:
    """Use an address from now on whose mail box got this link; the person is locked until commit.

    Of any number of callers one wins. Raises LinkInvalid, Invalid.
    """
    sha256 = links.digest(token)
    known = EmailChange.objects.filter(token_sha256=sha256).values_list("user_id").first()
    if known is None:
        raise links.LinkInvalid
    user = locked_user(known[0])
    wish = EmailChange.objects.filter(token_sha256=sha256, used_at=None, expires_at__gt=at).first()
    if wish is None or not user.is_active:
        raise links.LinkInvalid
    wish.used_at = at
    wish.save(update_fields=["used_at"])
    who = Actor(user_id=user.pk, username=user.username, ip_address=by.ip_address)
    return store(user, new={"email": wish.email}, by=who, at=at)


def _forget_open(user: User) -> int:
    return EmailChange.objects.filter(user=user, used_at=None).delete()[0]
