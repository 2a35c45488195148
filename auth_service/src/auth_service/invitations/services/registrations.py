"""Writes to registrations: asked for by anybody, decided by an administrator."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from auth_service.accounts import mails, names, passwords
from auth_service.accounts import services as accounts
from auth_service.accounts.models import User
from auth_service.accounts.rules import check_administers_people
from auth_service.accounts.selectors import user_called
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.invitations.models import Registration
from auth_service.invitations.rules import NotPending
from servicekit.errors import NotFound

from .roles import give, roles_of

State = Registration.State
KNOWN = "Somebody asked for an account with this address, which has one already. Sign in with it."
WAITING = "Your request for an account is noted already; an administrator will look at it."
NAME_TAKEN = "The user name {username} is taken. Please register again with another one."
NOTED = "Your request for an account is noted; an administrator will look at it."
REJECTED = "An administrator looked at your request for an account and declined it."


def register(
    *,
    username: str,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    by: Actor,
    at: datetime,
) -> None:
    """Ask for an account; the caller hears the same whether or not the address is known.

    One hash, one row that is kept or rolled back and one mail on every way. Raises Invalid for
    what is wrong with the given data itself.
    """
    names.check_username(username)
    person = User(username=username, email=email, first_name=first_name, last_name=last_name)
    passwords.check_good_enough(password, user=person)
    row = Registration(
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        password=make_password(password),
        created_at=at,
    )
    _note(row, by=by, at=at)


@transaction.atomic
def approve(
    *, registration_id: int, role_ids: Iterable[int], by: Actor, at: datetime
) -> Registration:
    """Make the account, with roles that the administrator may give; locks the registration.

    Raises Forbidden, NotFound, NotPending, Invalid.
    """
    check_administers_people(by)
    row = _locked(registration_id)
    roles = roles_of(role_ids)
    user = accounts.add_hashed(
        User(
            username=row.username,
            email=row.email,
            first_name=row.first_name,
            last_name=row.last_name,
            password=row.password,
        ),
        by=by,
        at=at,
    )
    give(user, roles=roles, by=by, at=at)
    mails.send_account_created(user)
    held = [str(role) for role in roles]
    return _decided(row, State.APPROVED, by=by, at=at, user_id=user.pk, roles=held)


@transaction.atomic
def reject(*, registration_id: int, reason: str, by: Actor, at: datetime) -> Registration:
    """Decline a request and say so by mail; locks the registration.

    Raises Forbidden, NotFound, NotPending.
    """
    check_administers_people(by)
    row = _locked(registration_id)
    row.reason = reason
    message = f"{REJECTED} {reason}".strip()
    subject, name = "Your request for an account", row.first_name or row.username
    mails.send_message(row.email, user_name=name, subject=subject, message=message)
    return _decided(row, State.REJECTED, by=by, at=at, reason=reason)


@transaction.atomic
def _note(row: Registration, *, by: Actor, at: datetime) -> None:
    refusal, name = _stored(row), row.first_name or row.username
    title = "Your request for an account"
    mails.send_message(row.email, user_name=name, subject=title, message=refusal or NOTED)
    subject = "registration:refused" if refusal else f"registration:{row.pk}"
    record("registration_asked", subject=subject, by=by, at=at, username=row.username)


def _refusal(row: Registration) -> str:
    """Why there can be no such request, as its sender's mail says it, or nothing."""
    by_address, by_name = user_called(row.email), user_called(row.username)
    if by_address:
        return KNOWN
    return NAME_TAKEN.format(username=row.username) if by_name else ""


def _stored(row: Registration) -> str:
    """Store a request, rolled back for whoever cannot have one; returns why."""
    refusal = _refusal(row)
    try:
        with transaction.atomic():
            row.save()
            if refusal:
                transaction.set_rollback(True)
    except IntegrityError:
        waiting = Registration.objects.filter(email__iexact=row.email, state=State.PENDING)
        taken = WAITING if waiting.exists() else NAME_TAKEN.format(username=row.username)
        return refusal or taken
    return refusal


def _locked(registration_id: int) -> Registration:
    row = Registration.objects.select_for_update().filter(pk=registration_id).first()
    if row is None:
        raise NotFound("There is no such registration.")
    if row.state != State.PENDING:
        raise NotPending
    return row


def _decided(
    row: Registration, state: Registration.State, *, by: Actor, at: datetime, **details: object
) -> Registration:
    row.state, row.decided_at, row.decided_by_id = state, at, by.user_id
    row.password = ""  # it is the account's now, or nobody's
    row.save()
    record(f"registration_{state.value}", subject=f"registration:{row.pk}", by=by, at=at, **details)
    return Registration.objects.select_related("decided_by").get(pk=row.pk)
