"""Checking codes: each counts once, however many callers bring it at the same moment."""

from datetime import datetime

from django.conf import settings

from auth_service.accounts.models import User
from servicekit.errors import Unauthenticated

from . import secrets, totp
from .models import Challenge, Method, RecoveryCode, SecondFactor

RECOVERY_CODES = 10


class WrongCode(Unauthenticated):
    code = "OTP_INVALID"
    message = "The code is wrong, spent or too old."


def spend(user: User, *, code: str, challenge: Challenge | None, at: datetime) -> bool:
    """Use up a code of the app, of a mail (that of this challenge) or a recovery code.

    Returns False for a wrong or spent one. Exactly one of simultaneous callers succeeds.
    """
    plain = secrets.plain_code(code)
    if len(plain) == secrets.RECOVERY_CHARS:
        return _spend_recovery(user, plain, at=at)
    factor = SecondFactor.objects.filter(pk=user.pk).first()
    if factor and factor.method == Method.TOTP and factor.sealed_secret:
        return spend_step(user, sealed=bytes(factor.sealed_secret), code=plain, at=at)
    return challenge is not None and spend_mailed(challenge, code=plain, at=at)


def spend_step(user: User, *, sealed: bytes, code: str, at: datetime) -> bool:
    """Use up the time step of a code of the app; a step that is over counts no more."""
    secret = secrets.unseal(sealed, user_id=user.pk, secret=settings.SIGNING_KEY_SECRET)
    step = totp.step_of(code, secret=secret, at=at)
    if step is None:
        return False
    unspent = SecondFactor.objects.filter(pk=user.pk, last_step__lt=step)
    return unspent.update(last_step=step) == 1


def spend_mailed(challenge: Challenge, *, code: str, at: datetime) -> bool:
    """Use up the code that was mailed for this challenge."""
    wanted = hashed(code, scope=f"challenge:{challenge.pk}")
    unspent = Challenge.objects.filter(
        pk=challenge.pk, code_hmac=wanted, used_at=None, expires_at__gt=at
    )
    return unspent.update(code_hmac=None) == 1


def new_recovery_codes(user: User, *, at: datetime) -> list[str]:
    """Replace the recovery codes of a person, who sees them this once."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [secrets.recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hmac=_of_recovery(user, code), created_at=at) for code in codes
    )
    return codes


def hashed(code: str, *, scope: str) -> bytes:
    """What is kept of a code; the scope makes equal codes of two people differ."""
    return secrets.code_hmac(code, scope=scope, secret=settings.SIGNING_KEY_SECRET)


def _spend_recovery(user: User, plain: str, *, at: datetime) -> bool:
    unspent = RecoveryCode.objects.filter(
        user=user, code_hmac=hashed(plain, scope=f"user:{user.pk}"), used_at=None
    )
    return unspent.update(used_at=at) == 1


def _of_recovery(user: User, code: str) -> bytes:
    return hashed(secrets.plain_code(code), scope=f"user:{user.pk}")
