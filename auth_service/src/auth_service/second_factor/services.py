"""Writes to second factors. Every one of them asks for the password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from auth_service.accounts.models import User
from auth_service.accounts.rules import check_may_change
from auth_service.accounts.selectors import locked_user, user
from auth_service.audit.actors import Actor
from auth_service.audit.services import record
from auth_service.tokens import limits, proofs, revocation
from auth_service.tokens.models import End, Session
from auth_service.tokens.sessions import Client
from auth_service.tokens.steps import OtpRequired
from servicekit import outbox
from servicekit.contracts import SendEmail
from servicekit.errors import Conflict, Invalid

from . import challenges, codes, secrets, totp
from .models import Challenge, Method, RecoveryCode, SecondFactor
from .selectors import method_of


class AlreadyOn(Conflict):
    message = "A second factor is switched on already; switch it off first."


class NotOn(Conflict):
    message = "No second factor is switched on."


class NotBegun(Conflict):
    message = "Begin with the setup of the app."


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody signed in who sets up a second factor, and the session in which they do."""

    user_id: int
    session_id: UUID
    client: Client

    @property
    def actor(self) -> Actor:
        """The same, for the audit trail."""
        name = user(self.user_id).username
        return Actor(user_id=self.user_id, username=name, ip_address=self.client.ip_address)


@dataclass(frozen=True, kw_only=True)
class TotpSetup:
    """What an authenticator app needs; shown once."""

    secret: str
    otpauth_uri: str
    qr_svg: str


def set_up_totp(*, person: Person, password: str, at: datetime) -> TotpSetup:
    """Make a secret for an app, which counts once a code of it is shown.

    Raises Invalid, AlreadyOn, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    secret = totp.new_secret()
    with transaction.atomic():
        factor = _locked_factor(owner)
        if factor.method:
            raise AlreadyOn
        factor.pending_secret = secrets.seal(
            secret, user_id=owner.pk, secret=settings.SIGNING_KEY_SECRET
        )
        factor.save(update_fields=["pending_secret"])
    uri = totp.uri(secret, username=owner.username)
    return TotpSetup(secret=secret, otpauth_uri=uri, qr_svg=totp.qr_svg(uri))


def enable_totp(*, person: Person, password: str, code: str, at: datetime) -> list[str]:
    """Switch the app on with a first code of it; returns the recovery codes.

    Raises Invalid, AlreadyOn, NotBegun, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    factor = SecondFactor.objects.filter(pk=owner.pk).first()
    if factor is None or not factor.pending_secret:
        raise NotBegun
    sealed = bytes(factor.pending_secret)
    attempt = _reserved(owner, person)
    if not codes.spend_step(owner, sealed=sealed, code=secrets.plain_code(code), at=at):
        raise _refused(owner, person, locked=attempt.is_last, at=at)
    limits.release(attempt)
    return _switched_on(person, method=Method.TOTP, sealed=sealed, at=at)


def mail_code(*, person: Person, password: str, at: datetime) -> None:
    """Mail a code, to switch codes by mail on or to prove oneself with where they are on.

    Raises Invalid, AlreadyOn, TooManyMails, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    if SecondFactor.objects.filter(pk=owner.pk, method=Method.TOTP).exists():
        raise AlreadyOn
    _mail_proof(owner, person, at=at)


def enable_email(*, person: Person, password: str, code: str, at: datetime) -> list[str]:
    """Switch codes by mail on with one that was mailed; returns the recovery codes.

    Raises Invalid, AlreadyOn, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    attempt = _reserved(owner, person)
    challenge = challenges.take_proof_try(session_id=person.session_id, at=at)
    plain = secrets.plain_code(code)
    if challenge is None or not codes.spend_mailed(challenge, code=plain, at=at):
        raise _refused(owner, person, locked=attempt.is_last, at=at)
    challenges.close(challenge, at=at)
    limits.release(attempt)
    return _switched_on(person, method=Method.EMAIL, sealed=None, at=at)


def disable(*, person: Person, password: str, code: str, at: datetime) -> None:
    """Switch the second factor off with password and code; who must have one is limited at once.

    Raises Invalid, NotOn, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    prove_code(owner, code=code, person=person, at=at)
    with transaction.atomic():
        owner = locked_user(owner.pk)
        _forget(owner)
        revocation.revoke_tokens(owner)
        record("second_factor_off", subject=f"user:{owner.pk}", by=person.actor, at=at)
        _tell(owner, change="second factor (switched off)", at=at)


@transaction.atomic
def reset(*, user_id: int, by: Actor, at: datetime) -> None:
    """Switch off the second factor of somebody who lost it; all their sessions end.

    The person is locked until commit. Raises Forbidden, NotFound.
    """
    owner = locked_user(user_id)
    check_may_change(by, is_superuser=owner.is_superuser)
    _forget(owner)
    revocation.end_tokens(owner, at=at, reason=End.ADMIN)
    record("second_factor_reset", subject=f"user:{user_id}", by=by, at=at)
    _tell(owner, change="second factor (switched off by an administrator)", at=at)


def renew_recovery_codes(*, person: Person, password: str, code: str, at: datetime) -> list[str]:
    """Replace the recovery codes. Raises Invalid, NotOn, TooManyAttempts."""
    owner = _proved(person, password=password, at=at)
    prove_code(owner, code=code, person=person, at=at)
    with transaction.atomic():
        owner = locked_user(owner.pk)
        fresh = codes.new_recovery_codes(owner, at=at)
        record("recovery_codes_renewed", subject=f"user:{owner.pk}", by=person.actor, at=at)
    return fresh


def prove_code(owner: User, *, code: str, person: Person, at: datetime) -> None:
    """Use up a code of the second factor that is on. Raises Invalid, NotOn, TooManyAttempts."""
    if not SecondFactor.objects.filter(pk=owner.pk).exclude(method="").exists():
        raise NotOn
    attempt = _reserved(owner, person)
    challenge = challenges.take_proof_try(session_id=person.session_id, at=at)
    if not codes.spend(owner, code=code, challenge=challenge, at=at):
        raise _refused(owner, person, locked=attempt.is_last, at=at)
    if challenge is not None:
        challenges.close(challenge, at=at)
    limits.release(attempt)


def reauthenticate(*, person: Person, password: str, code: str | None, at: datetime) -> datetime:
    """Note that somebody signed in is really there; returns until when that counts.

    Who has a second factor shows it too; without a code one is asked for, and mailed where codes
    come by mail. Raises Invalid, OtpRequired, NotOn, TooManyMails, TooManyAttempts.
    """
    owner = _proved(person, password=password, at=at)
    method = method_of(owner.pk)
    if method and code is None:
        if method == Method.EMAIL:
            _mail_proof(owner, person, at=at)
        raise OtpRequired(method=method)
    if code is not None:
        prove_code(owner, code=code, person=person, at=at)
    until = proofs.note(session_id=person.session_id, at=at)
    record("reauthenticated", subject=f"user:{owner.pk}", by=person.actor, at=at)
    return until


def _proved(person: Person, *, password: str, at: datetime) -> User:
    owner = user(person.user_id)
    proofs.check_password(owner, password=password, client=person.client, at=at)
    return owner


def _mail_proof(owner: User, person: Person, *, at: datetime) -> None:
    where = person.client.ip_address
    challenges.mail_proof(owner, session_id=person.session_id, ip_address=where, at=at)


def _reserved(owner: User, person: Person) -> limits.Attempt:
    return limits.reserve(
        name=owner.username, user=owner, ip_address=person.client.ip_address, what="otp"
    )


def _refused(owner: User, person: Person, *, locked: bool, at: datetime) -> Invalid:
    proofs.refused(owner, reason=proofs.WRONG_CODE, client=person.client, at=at, locked=locked)
    return Invalid("The code is wrong, spent or too old.", field="code")


@transaction.atomic
def _switched_on(
    person: Person, *, method: Method, sealed: bytes | None, at: datetime
) -> list[str]:
    owner = locked_user(person.user_id)
    factor = _locked_factor(owner)
    if factor.method:
        raise AlreadyOn
    factor.method, factor.sealed_secret, factor.enabled_at = method, sealed, at
    factor.pending_secret = None
    factor.save(update_fields=["method", "sealed_secret", "pending_secret", "enabled_at"])
    Session.objects.filter(user=owner, ended_at=None).update(is_limited=False)
    subject = f"user:{owner.pk}"
    record("second_factor_on", subject=subject, by=person.actor, at=at, method=method)
    _tell(owner, change="second factor (switched on)", at=at)
    return codes.new_recovery_codes(owner, at=at)


def _locked_factor(owner: User) -> SecondFactor:
    locked_user(owner.pk)
    return SecondFactor.objects.get_or_create(pk=owner.pk)[0]


def _forget(owner: User) -> None:
    SecondFactor.objects.filter(pk=owner.pk).update(
        method="", sealed_secret=None, pending_secret=None, enabled_at=None
    )
    RecoveryCode.objects.filter(user=owner).delete()
    Challenge.objects.filter(user=owner).delete()


def _tell(owner: User, *, change: str, at: datetime) -> None:
    context = {"user_name": owner.full_name, "changed_fields": change, "at": at.isoformat()}
    outbox.record(SendEmail(to=owner.email, notification_type="profile_updated", context=context))
