"""Showing once more that it is really oneself: the password, and how long that counts."""

from datetime import datetime, timedelta
from uuid import UUID

from auth_service.accounts.models import User
from auth_service.accounts.passwords import is_password_of
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import Forbidden, Invalid, Unauthenticated

from . import limits
from .models import Session
from .sessions import Client

COUNTS_FOR = timedelta(minutes=15)
WRONG_CODE = "wrong code"  # a reason in the audit trail


class WrongCredentials(Unauthenticated):
    message = "The name or the password is wrong."


class ReauthenticationRequired(Forbidden):
    code = "REAUTHENTICATION_REQUIRED"
    message = "Enter your password once more to do this."


def check_password(user: User, *, password: str, client: Client, at: datetime) -> None:
    """Check the password of somebody signed in; limited and audited like a sign-in.

    Raises Invalid, TooManyAttempts. Not inside a transaction: the refusal is to be kept.
    """
    attempt = limits.reserve(name=user.username, user=user, ip_address=client.ip_address)
    if not is_password_of(user, password=password):
        refused(user, reason="wrong password", client=client, at=at, locked=attempt.is_last)
        raise Invalid("The password is wrong.", field="password")
    limits.release(attempt)


def refused(user: User, *, reason: str, client: Client, at: datetime, locked: bool) -> None:
    """Note that somebody signed in, or half signed in, could not prove who they are."""
    by = Actor(user_id=user.pk, username=user.username, ip_address=client.ip_address)
    record("proof_refused", subject=f"user:{user.pk}", by=by, at=at, reason=reason, locked=locked)


def note(*, session_id: UUID, at: datetime) -> datetime:
    """Remember that the password was shown in this session; returns until when that counts."""
    Session.objects.filter(pk=session_id).update(proved_at=at)
    return at + COUNTS_FOR


def check_recent(*, session_id: UUID, at: datetime) -> None:
    """Refuse what is dangerous unless the password was shown within 15 minutes.

    The sign-in itself counts. Raises ReauthenticationRequired.
    """
    recent = Session.objects.filter(pk=session_id, ended_at=None, proved_at__gt=at - COUNTS_FOR)
    if not recent.exists():
        raise ReauthenticationRequired
