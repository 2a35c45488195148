"""Tokens end: the one door for whoever ends sessions or takes rights away.

Each of these is heard by every service within seconds (`auth.tokens_revoked`).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from auth_service.accounts.models import User
from servicekit import outbox
from servicekit.contracts import TokensRevoked

from .models import End, Session


@transaction.atomic
def end_tokens(user: User, *, at: datetime, reason: End = End.PASSWORD) -> int:
    """End every session of a person whose row the caller has locked; returns their number.

    Raises `token_version` and saves that field, so that access tokens end everywhere as well.
    """
    open_ones = Session.objects.filter(user_id=user.pk, ended_at=None)
    ended = open_ones.update(ended_at=at, end_reason=reason)
    revoke_tokens(user)
    return ended


@transaction.atomic
def revoke_tokens(user: User) -> None:
    """End the access tokens of a person whose row the caller has locked; sessions go on.

    Raises `token_version` and saves that field. Whoever refreshes gets the rights of now.
    """
    user.token_version += 1
    user.save(update_fields=["token_version"])
    outbox.record(TokensRevoked(user_id=user.pk, version=user.token_version))


@transaction.atomic
def revoke_tokens_of(users: Sequence[User]) -> None:
    """The same for many people, whose rows the caller has locked, in a handful of statements."""
    for user in users:
        user.token_version += 1
    User.objects.bulk_update(users, ["token_version"])
    outbox.record(*(TokensRevoked(user_id=each.pk, version=each.token_version) for each in users))


@transaction.atomic
def end_session(*, session_id: UUID, reason: End, at: datetime) -> bool:
    """End one session and its access tokens; returns whether it was open. Locks the session."""
    session = Session.objects.select_for_update().filter(pk=session_id, ended_at=None).first()
    if session is None:
        return False
    session.ended_at, session.end_reason = at, reason
    session.save(update_fields=["ended_at", "end_reason"])
    tell_session_ended(user_id=session.user_id, session_id=session.pk)
    return True


@transaction.atomic
def end_others(*, user_id: int, kept: UUID, reason: End, at: datetime) -> int:
    """End every session of a person but one; returns the number of those that were open."""
    found = Session.objects.filter(user_id=user_id, ended_at=None).exclude(pk=kept)
    open_ones = list(found.order_by("pk").values_list("pk", flat=True))
    return sum(end_session(session_id=each, reason=reason, at=at) for each in open_ones)


def tell_session_ended(*, user_id: int, session_id: UUID) -> None:
    """Tell the others that a session has ended, in the transaction that ended it."""
    outbox.record(TokensRevoked(user_id=user_id, version=0, session_id=str(session_id)))
