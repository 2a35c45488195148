"""The second step of a sign-in: ask for a code, and take it."""

from datetime import datetime
from typing import Any, ClassVar

from auth_service.accounts.models import User
from auth_service.second_factor import challenges, codes, secrets
from auth_service.second_factor.codes import WrongCode
from auth_service.second_factor.models import Method
from auth_service.second_factor.selectors import method_of
from servicekit.errors import Unauthenticated

from . import limits, proofs
from .sessions import Client


class OtpRequired(Unauthenticated):
    """Raise with the `otp_session`, which opens nothing but this step, and the `method`."""

    code = "OTP_REQUIRED"
    message = "Enter the code of your second factor."
    beside_details: ClassVar[Any] = ("otp_session", "method")


def check_second(user: User, *, code: str | None, client: Client, at: datetime) -> None:
    """Take the code of somebody whose password was right, or ask for it.

    People without a second factor pass. Raises OtpRequired, WrongCode, TooManyAttempts,
    TooManyMails.
    """
    method = method_of(user.pk)
    if not method:
        return
    if code is None or (method == Method.EMAIL and not _is_recovery(code)):
        where = client.ip_address
        token = challenges.begin_sign_in(user, method=method, ip_address=where, at=at)
        raise OtpRequired(otp_session=token, method=method)
    attempt = _reserved(user, client)
    if not codes.spend(user, code=code, challenge=None, at=at):
        raise _refused(user, client, locked=attempt.is_last, at=at)
    limits.release(attempt)


def answered(otp_session: str, *, code: str, client: Client, at: datetime) -> User:
    """The person whose sign-in this code completes; of many callers one wins.

    Raises AttemptOver, WrongCode, TooManyAttempts.
    """
    challenge = challenges.take_try(otp_session, at=at)
    user = challenge.user
    attempt = _reserved(user, client)
    if not codes.spend(user, code=code, challenge=challenge, at=at):
        raise _refused(user, client, locked=attempt.is_last, at=at)
    challenges.close(challenge, at=at)
    limits.release(attempt)
    return user


def _reserved(user: User, client: Client) -> limits.Attempt:
    return limits.reserve(name=user.username, user=user, ip_address=client.ip_address, what="otp")


def _refused(user: User, client: Client, *, locked: bool, at: datetime) -> WrongCode:
    proofs.refused(user, reason=proofs.WRONG_CODE, client=client, at=at, locked=locked)
    return WrongCode()


def _is_recovery(code: str) -> bool:
    return len(secrets.plain_code(code)) == secrets.RECOVERY_CHARS
