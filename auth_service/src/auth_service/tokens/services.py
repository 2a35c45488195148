"""Sign in, refresh, sign out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from auth_service.accounts.models import User
from auth_service.accounts.passwords import is_password_of
from auth_service.accounts.selectors import user_called
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from servicekit.errors import TokenExpired, Unauthenticated

from . import limits, sessions
from .claims import access_claims, signed
from .keyring import keyring
from .models import End
from .selectors import holder_of
from .sessions import Client, Issued, Refusal


class WrongCredentials(Unauthenticated):
    message = "The name or the password is wrong."


class RefreshRefused(Unauthenticated):
    message = "The refresh token is not valid; sign in again."


class RefreshExpired(TokenExpired):
    message = "The refresh token has expired; sign in again."


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a sign-in or a refresh yields."""

    access: str
    refresh: Issued


def sign_in(*, name: str, password: str, client: Client, at: datetime) -> Tokens:
    """Open a session for somebody who knows the password.

    Unknown, inactive and mistaken people get the same answer after the same work.
    Raises WrongCredentials, TooManyAttempts.
    """
    user = check_password(name=name, password=password, client=client, at=at)
    with transaction.atomic():
        issued = sessions.begin(user_id=user.pk, client=client, at=at)
        User.objects.filter(pk=user.pk).update(last_login=at)
        sid = str(issued.session.pk)
        record("signed_in", subject=f"user:{user.pk}", by=_actor(user, client), at=at, sid=sid)
    return Tokens(access=_access_token(user, session=issued.session.pk, at=at), refresh=issued)


def admit_to_admin(*, name: str, password: str, client: Client, at: datetime) -> User:
    """The person who signs in to the Django admin. Raises WrongCredentials, TooManyAttempts."""
    user = check_password(name=name, password=password, client=client, at=at)
    record("admin_signed_in", subject=f"user:{user.pk}", by=_actor(user, client), at=at)
    return user


def check_password(*, name: str, password: str, client: Client, at: datetime) -> User:
    """The active person of this name and password; failures are counted and audited.

    Raises WrongCredentials, TooManyAttempts.
    """
    user = user_called(name)
    attempt = limits.reserve(name=name, user=user, ip_address=client.ip_address)
    is_right = is_password_of(user, password=password)
    if user is None or not is_right or not user.is_active:
        reason = "unknown name" if user is None else "inactive" if is_right else "wrong password"
        record(
            "sign_in_refused",
            subject=f"user:{user.pk}" if user else "user:unknown",
            by=_actor(user, client),
            at=at,
            reason=reason,
            locked=attempt.is_last,
        )
        raise WrongCredentials
    limits.release(attempt)
    return user


def refresh(*, token: str, client: Client, at: datetime) -> Tokens:
    """Trade a refresh token for the next one and a fresh access token.

    Raises RefreshRefused, RefreshExpired. A spent token ends its whole family.
    """
    with transaction.atomic():
        issued = sessions.rotate(token=token, client=client, at=at)
        if issued is Refusal.REUSED:
            _record_reuse(token, client=client, at=at)
    if isinstance(issued, Refusal):
        raise RefreshExpired if issued is Refusal.EXPIRED else RefreshRefused
    user = issued.session.user
    if not user.is_active:
        sessions.end(session_id=issued.session.pk, reason=End.DEACTIVATED, at=at)
        raise RefreshRefused
    return Tokens(access=_access_token(user, session=issued.session.pk, at=at), refresh=issued)


def sign_out(*, token: str, client: Client, at: datetime) -> None:
    """End the family of a refresh token, at once. Raises RefreshRefused for an unknown one."""
    session = sessions.session_of(token)
    if session is None:
        raise RefreshRefused
    end_session(session_id=session.pk, by=_actor(session.user, client), at=at)


@transaction.atomic
def end_session(*, session_id: UUID, by: Actor, at: datetime, reason: End = End.SIGNED_OUT) -> None:
    """End one family; nothing happens when it is over already."""
    if sessions.end(session_id=session_id, reason=reason, at=at):
        record("session_ended", subject=f"session:{session_id}", by=by, at=at, reason=reason)


def _access_token(user: User, *, session: UUID, at: datetime) -> str:
    claims = access_claims(
        holder_of(user),
        session=session,
        issuer=settings.TOKENS["ISSUER"],
        audience=settings.TOKENS["AUDIENCE"],
        at=at,
    )
    kid, key = keyring.signing(at=at)
    return signed(claims, kid=kid, key=key)


def _record_reuse(token: str, *, client: Client, at: datetime) -> None:
    session = sessions.session_of(token)
    if session is not None:
        subject, by = f"session:{session.pk}", _actor(session.user, client)
        record("refresh_token_reused", subject=subject, by=by, at=at)


def _actor(user: User | None, client: Client) -> Actor:
    return Actor(
        user_id=user.pk if user else None,
        username=user.username if user else "",
        ip_address=client.ip_address,
    )
