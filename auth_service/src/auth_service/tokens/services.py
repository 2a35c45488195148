"""Sign in, refresh, sign out."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from auth_service.accounts.models import User
from auth_service.accounts.passwords import is_password_of
from auth_service.accounts.rules import check_may_change
from auth_service.accounts.selectors import locked_user, user_called
from auth_service.accounts.selectors import user as found_user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.second_factor.selectors import must_set_up
from servicekit.errors import NotFound, TokenExpired, Unauthenticated

from . import alerts, limits, revocation, sessions, steps
from .claims import access_claims, signed
from .keyring import keyring
from .models import End, Session
from .proofs import WrongCredentials
from .selectors import SecondFactorRequired, holder_of
from .sessions import Client, Issued, Refusal


class RefreshRefused(Unauthenticated):
    message = "The refresh token is not valid; sign in again."


class RefreshExpired(TokenExpired):
    message = "The refresh token has expired; sign in again."


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a sign-in or a refresh yields."""

    access: str
    refresh: Issued


def sign_in(
    *, name: str, password: str, client: Client, at: datetime, code: str | None = None
) -> Tokens:
    """Open a session for somebody who knows the password and, where one is on, has the factor.

    Unknown, inactive and mistaken people get the same answer after the same work.
    Raises WrongCredentials, OtpRequired, WrongCode, TooManyAttempts.
    """
    user = check_password(name=name, password=password, client=client, at=at)
    steps.check_second(user, code=code, client=client, at=at)
    return _begun(user, client=client, at=at)


def finish_sign_in(*, otp_session: str, code: str, client: Client, at: datetime) -> Tokens:
    """Open the session of a sign-in that waited for its code.

    Raises AttemptOver, WrongCode, TooManyAttempts.
    """
    user = steps.answered(otp_session, code=code, client=client, at=at)
    return _begun(user, client=client, at=at)


def admit_to_admin(*, name: str, password: str, client: Client, at: datetime) -> User:
    """The person who signs in to the Django admin, where no second factor is on.

    Raises WrongCredentials, SecondFactorRequired, OtpRequired, TooManyAttempts.
    """
    user = check_password(name=name, password=password, client=client, at=at)
    if must_set_up(user.pk):
        raise SecondFactorRequired
    steps.check_second(user, code=None, client=client, at=at)
    return _admitted(user, client=client, at=at)


def finish_admin_sign_in(*, otp_session: str, code: str, client: Client, at: datetime) -> User:
    """The person whose sign-in to the Django admin waited for its code.

    Raises AttemptOver, WrongCode, TooManyAttempts.
    """
    user = steps.answered(otp_session, code=code, client=client, at=at)
    return _admitted(user, client=client, at=at)


def _admitted(user: User, *, client: Client, at: datetime) -> User:
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
        revocation.end_session(session_id=issued.session.pk, reason=End.DEACTIVATED, at=at)
        raise RefreshRefused
    _keep_limit(issued.session)
    return _tokens(user, issued, at=at)


def sign_out(*, token: str, client: Client, at: datetime) -> None:
    """End the family of a refresh token, at once. Raises RefreshRefused for an unknown one."""
    session = sessions.session_of(token)
    if session is None:
        raise RefreshRefused
    end_session(session_id=session.pk, by=_actor(session.user, client), at=at)


@transaction.atomic
def end_session(*, session_id: UUID, by: Actor, at: datetime, reason: End = End.SIGNED_OUT) -> None:
    """End one family; nothing happens when it is over already."""
    if revocation.end_session(session_id=session_id, reason=reason, at=at):
        record("session_ended", subject=f"session:{session_id}", by=by, at=at, reason=reason)


def _begun(user: User, *, client: Client, at: datetime) -> Tokens:
    with transaction.atomic():
        _check_unchanged(user)
        alerts.tell_of_new_device(user, client=client, at=at)
        issued = sessions.begin(
            user_id=user.pk, client=client, at=at, is_limited=must_set_up(user.pk)
        )
        User.objects.filter(pk=user.pk).update(last_login=at)
        sid = str(issued.session.pk)
        record("signed_in", subject=f"user:{user.pk}", by=_actor(user, client), at=at, sid=sid)
    return _tokens(user, issued, at=at)


def _check_unchanged(user: User) -> None:
    """Refuse whose password was replaced, or account closed, since the password was checked.

    The person is locked until commit, so that whoever replaces it later ends this session too.
    Raises WrongCredentials.
    """
    now = locked_user(user.pk)
    if not now.is_active or now.password != user.password:
        raise WrongCredentials


def _keep_limit(session: Session) -> None:
    is_limited = must_set_up(session.user_id)
    if is_limited != session.is_limited:
        session.is_limited = is_limited
        session.save(update_fields=["is_limited"])


def _tokens(user: User, issued: Issued, *, at: datetime) -> Tokens:
    session = issued.session
    access = _access_token(user, session=session.pk, at=at, is_limited=session.is_limited)
    return Tokens(access=access, refresh=issued)


def _access_token(user: User, *, session: UUID, at: datetime, is_limited: bool = False) -> str:
    holder = holder_of(user)
    claims = access_claims(
        replace(holder, roles=(), permissions=()) if is_limited else holder,
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


@transaction.atomic
def end_own_session(*, session_id: UUID, by: Actor, at: datetime) -> None:
    """End one session of the caller's own. Raises NotFound for anybody else's."""
    if not Session.objects.filter(pk=session_id, user_id=by.user_id or 0, ended_at=None).exists():
        raise NotFound("There is no such session.")
    end_session(session_id=session_id, by=by, at=at)


@transaction.atomic
def end_other_sessions(*, kept: UUID, by: Actor, at: datetime) -> int:
    """End every session of the caller but this one; returns their number."""
    ended = revocation.end_others(user_id=by.user_id or 0, kept=kept, reason=End.SIGNED_OUT, at=at)
    record("other_sessions_ended", subject=f"user:{by.user_id}", by=by, at=at, ended=ended)
    return ended


@transaction.atomic
def end_own_sessions(*, by: Actor, at: datetime) -> int:
    """End every session of the caller, who is locked until commit; returns their number."""
    user = locked_user(by.user_id or 0)
    ended = revocation.end_tokens(user, at=at, reason=End.SIGNED_OUT)
    record("all_sessions_ended", subject=f"user:{user.pk}", by=by, at=at, ended=ended)
    return ended


def unlock(*, user_id: int, by: Actor, at: datetime) -> None:
    """End the lock of somebody who failed too often. Raises Forbidden, NotFound, Unavailable."""
    locked = found_user(user_id)
    check_may_change(by, is_superuser=locked.is_superuser)
    limits.forget(locked)
    record("unlocked", subject=f"user:{user_id}", by=by, at=at)
