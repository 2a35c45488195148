"""Challenges: the `otp_session` of a sign-in and the mailed code of a signed-in person.

A try is counted before the code is looked at, so that parallel guesses are five as well. Each
mailed code has five tries; how many there are against one person in all is said by `limits`.
"""

import hashlib
import secrets as randomness
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from auth_service.accounts.models import User
from auth_service.tokens import limits
from servicekit import outbox
from servicekit.contracts import SendEmail
from servicekit.errors import Unauthenticated

from . import codes, secrets
from .models import Challenge, Method

LIFETIME = timedelta(minutes=10)
TRIES = 5
MAILS = 3


class AttemptOver(Unauthenticated):
    message = "This attempt to sign in is over; start again."


class TriedTooOften(codes.WrongCode):
    message = "This code was tried too often; ask for another one."


@transaction.atomic
def begin_sign_in(user: User, *, method: str, ip_address: str | None, at: datetime) -> str:
    """Open the second step of a sign-in and return its `otp_session`; mails the code if need be.

    Raises TooManyMails, TooManyAttempts.
    """
    token = randomness.token_urlsafe(32)
    challenge = Challenge.objects.create(
        user=user,
        token_sha256=_sha256(token),
        token_version=user.token_version,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    if method == Method.EMAIL:
        _mail_code(challenge, ip_address=ip_address, at=at)
    return token


def take_try(otp_session: str, *, at: datetime) -> Challenge:
    """Count one try of a sign-in that waits for its code.

    Raises AttemptOver after the fifth, or TriedTooOften while another code may be mailed.
    """
    waiting = Challenge.objects.filter(
        token_sha256=_sha256(otp_session), used_at=None, expires_at__gt=at
    )
    if waiting.filter(tries__lt=TRIES).update(tries=F("tries") + 1) != 1:
        may_ask = waiting.filter(mails__gt=0, mails__lt=MAILS).exists()
        raise TriedTooOften if may_ask else AttemptOver
    challenge = Challenge.objects.select_related("user").get(token_sha256=_sha256(otp_session))
    user = challenge.user
    if not user.is_active or user.token_version != challenge.token_version:
        raise AttemptOver
    return challenge


def close(challenge: Challenge, *, at: datetime) -> None:
    """Close a challenge for good; of several callers one succeeds. Raises AttemptOver."""
    if Challenge.objects.filter(pk=challenge.pk, used_at=None).update(used_at=at) != 1:
        raise AttemptOver


@transaction.atomic
def mail_again(otp_session: str, *, ip_address: str | None, at: datetime) -> None:
    """Mail a new code for a sign-in, the old one is void.

    The challenge is locked until commit. Raises AttemptOver, TooManyMails, TooManyAttempts.
    """
    waiting = Challenge.objects.select_for_update(of=("self",)).select_related("user")
    challenge = waiting.filter(
        token_sha256=_sha256(otp_session), used_at=None, expires_at__gt=at, mails__gt=0
    ).first()
    if challenge is None:
        raise AttemptOver
    _mail_code(challenge, ip_address=ip_address, at=at)


@transaction.atomic
def mail_proof(user: User, *, session_id: UUID, ip_address: str | None, at: datetime) -> None:
    """Mail a code to somebody signed in, for the next step that asks for one in this session.

    The person is locked until commit. Raises TooManyMails, TooManyAttempts.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    Challenge.objects.filter(session_id=session_id, used_at=None, expires_at__lte=at).delete()
    challenge = Challenge.objects.select_related("user").filter(
        session_id=session_id, used_at=None
    ).first() or Challenge.objects.create(
        user=user,
        session_id=session_id,
        token_version=user.token_version,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    _mail_code(challenge, ip_address=ip_address, at=at)


def take_proof_try(*, session_id: UUID, at: datetime) -> Challenge | None:
    """Count one try of the code mailed for a session; None when no code can be right."""
    waiting = Challenge.objects.filter(
        session_id=session_id, used_at=None, expires_at__gt=at, tries__lt=TRIES
    )
    found = waiting.first()
    if found is None or waiting.filter(pk=found.pk).update(tries=F("tries") + 1) != 1:
        return None
    return found


def discard_old(*, at: datetime) -> None:
    """Sweep: delete the challenges that have been over for a day."""
    Challenge.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()


def _mail_code(challenge: Challenge, *, ip_address: str | None, at: datetime) -> None:
    """Mail a code with ten minutes and five tries of its own."""
    if challenge.mails >= MAILS:
        wait = max(1, int((challenge.expires_at - at).total_seconds()))
        raise limits.TooManyMails(retry_after=wait)
    user = challenge.user
    limits.admit_mail(user, ip_address=ip_address)
    code = secrets.mailed_code()
    challenge.mails += 1
    challenge.tries, challenge.expires_at = 0, at + LIFETIME
    challenge.code_hmac = codes.hashed(code, scope=f"challenge:{challenge.pk}")
    challenge.save(update_fields=["mails", "tries", "expires_at", "code_hmac"])
    minutes = int(LIFETIME.total_seconds()) // 60
    context = {"user_name": user.full_name, "otp_code": code, "valid_minutes": minutes}
    outbox.record(SendEmail(to=user.email, notification_type="otp", context=context))


def _sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
