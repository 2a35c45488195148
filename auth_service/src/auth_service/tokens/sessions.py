"""Writes to sessions: begin, continue with a fresh refresh token, end."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import connection, transaction

from .models import End, RefreshToken, Session
from .revocation import end_session

IDLE = timedelta(days=1)
ABSOLUTE = timedelta(days=7)
KEEP_ENDED = timedelta(days=30)

CLAIM = """
UPDATE tokens_refreshtoken AS token SET used_at = %(at)s
  FROM tokens_session AS session
 WHERE token.session_id = session.id AND token.token_sha256 = %(sha256)s
   AND token.used_at IS NULL AND token.expires_at > %(at)s
   AND session.ended_at IS NULL AND session.expires_at > %(at)s
RETURNING session.id
"""


class Refusal(Enum):
    """Why a refresh token opens nothing."""

    UNKNOWN = auto()
    EXPIRED = auto()
    ENDED = auto()
    REUSED = auto()


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A refresh token that nobody will see again, and the session that it continues."""

    session: Session
    token: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Client:
    """Where a request comes from."""

    ip_address: str | None = None
    user_agent: str = ""


@transaction.atomic
def begin(*, user_id: int, client: Client, at: datetime, is_limited: bool = False) -> Issued:
    """Open a family: idle for one day at the most, over after seven."""
    session = Session.objects.create(
        user_id=user_id,
        created_at=at,
        last_used_at=at,
        expires_at=at + ABSOLUTE,
        ip_address=client.ip_address,
        user_agent=client.user_agent[:256],
        proved_at=at,
        is_limited=is_limited,
    )
    return _issue(session, at=at)


@transaction.atomic
def rotate(*, token: str, client: Client, at: datetime) -> Issued | Refusal:
    """Spend a refresh token for the next one: of any number of callers at once, one wins.

    A spent token that comes back was copied: its whole family ends. Returns the refusal instead
    of raising it, so that this end is committed. The session is locked until commit.
    """
    claimed = _claim(token, at=at)
    if claimed is None:
        return _refused(token, at=at)
    locked = Session.objects.select_for_update(of=("self",))
    session = locked.select_related("user").get(pk=claimed)
    if session.ended_at:  # since the claim
        return Refusal.ENDED
    session.last_used_at, session.ip_address = at, client.ip_address
    session.save(update_fields=["last_used_at", "ip_address"])
    return _issue(session, at=at)


def end(*, session_id: uuid.UUID, reason: End, at: datetime) -> bool:
    """End one family and its access tokens everywhere; returns whether it was open."""
    return end_session(session_id=session_id, reason=reason, at=at)


def end_all(*, user_id: int, reason: End, at: datetime) -> int:
    """End every open family of a person; returns their number."""
    open_ones = Session.objects.filter(user_id=user_id, ended_at=None)
    return open_ones.update(ended_at=at, end_reason=reason)


def session_of(token: str) -> Session | None:
    """The family that a refresh token belongs to, whether spent or not."""
    tokens = RefreshToken.objects.select_related("session__user")
    found = tokens.filter(token_sha256=sha256(token)).first()
    return found.session if found else None


def discard_old(*, at: datetime) -> None:
    """Delete the sessions that have been over for 30 days, with their tokens."""
    Session.objects.filter(expires_at__lt=at - KEEP_ENDED).delete()


def sha256(token: str) -> bytes:
    """What is kept of a refresh token; it has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _issue(session: Session, *, at: datetime) -> Issued:
    token = secrets.token_urlsafe(32)
    expires_at = min(at + IDLE, session.expires_at)
    RefreshToken.objects.create(
        session=session, token_sha256=sha256(token), issued_at=at, expires_at=expires_at
    )
    return Issued(session=session, token=token, expires_at=expires_at)


def _claim(token: str, *, at: datetime) -> uuid.UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"at": at, "sha256": sha256(token)})
        row = cursor.fetchone()
    return row[0] if row else None


def _refused(token: str, *, at: datetime) -> Refusal:
    found = RefreshToken.objects.select_related("session").filter(token_sha256=sha256(token))
    known = found.first()
    if known is None:
        return Refusal.UNKNOWN
    if known.session.ended_at:
        return Refusal.ENDED
    if known.used_at:
        ended = end(session_id=known.session_id, reason=End.REUSE, at=at)
        return Refusal.REUSED if ended else Refusal.ENDED
    return Refusal.EXPIRED
