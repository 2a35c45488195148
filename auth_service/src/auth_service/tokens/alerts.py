"""Mail about sign-ins: from somewhere new at once, about failures from a sweep.

Failures are read from the audit trail every few seconds: a request for a name that exists does
not one statement more than one for a name that does not.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.audit.models import AuditEntry
from auth_service.audit.services import record
from servicekit import outbox
from servicekit.contracts import SendEmail

from .devices import device_name
from .models import Session
from .proofs import WRONG_CODE
from .sessions import Client

REFUSALS = ("sign_in_refused", "proof_refused")
IN_A_ROW = 3
AT_MOST_EVERY = timedelta(hours=1)
LOOK_BACK = timedelta(minutes=15)
MOST = 5000
SWEEP_LOCK = 0x7453_414C


def tell_of_new_device(user: User, *, client: Client, at: datetime) -> None:
    """Mail somebody who signs in from a device and address that none of their sessions had.

    The very first sign-in is no news. In the caller's transaction.
    """
    earlier = Session.objects.filter(user_id=user.pk)
    device = device_name(client.user_agent)
    agents = set(earlier.filter(ip_address=client.ip_address).values_list("user_agent", flat=True))
    if device in {device_name(agent) for agent in agents} or not earlier.exists():
        return
    context = {"at": at.isoformat(), "ip_address": client.ip_address or "", "user_agent": device}
    _mail(user, "login_alert", context)


@transaction.atomic
def sweep_failures(*, at: datetime) -> None:
    """Mail people about three failures in a row (once an hour) and about a lock (each once)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SWEEP_LOCK])
    for user in _people_of(_recent_refusals(at=at)):
        _look_at(user, at=at)


def _recent_refusals(*, at: datetime) -> set[str]:
    latest = AuditEntry.objects.filter(action__in=REFUSALS).order_by("-id")
    rows = latest.values_list("subject", "at")[:MOST]
    return {subject for subject, when in rows if when > at - LOOK_BACK}


def _people_of(subjects: Iterable[str]) -> Iterable[User]:
    ids = [text for text in (each.removeprefix("user:") for each in subjects) if text.isdigit()]
    return User.objects.filter(pk__in=ids, is_active=True).order_by("pk")


def _look_at(user: User, *, at: datetime) -> None:
    trail = AuditEntry.objects.filter(subject=f"user:{user.pk}").order_by("-id")
    good = trail.filter(action__in=("signed_in", "admin_signed_in")).first()
    refused = trail.filter(action__in=REFUSALS, id__gt=good.id if good else 0)
    count, last = refused.count(), refused.first()
    mailed = trail.filter(action="failed_login_mailed", at__gt=at - AT_MOST_EVERY)
    if last and count >= IN_A_ROW and not mailed.exists():
        _mail_once(user, "failed_login", last, at=at, attempts=count)
    locked = trail.filter(action__in=REFUSALS, details__locked=True, at__gt=at - LOOK_BACK).first()
    if locked and not trail.filter(action="account_locked_mailed", id__gt=locked.id).exists():
        is_of_code = locked.details.get("reason") == WRONG_CODE
        ends = locked.at + (settings.OTP_LOCK if is_of_code else settings.SIGN_IN_LOCK)
        _mail_once(user, "account_locked", locked, at=at, unlocks_at=ends.isoformat())


def _mail_once(
    user: User, kind: str, entry: AuditEntry, *, at: datetime, **facts: str | int
) -> None:
    context = {"at": entry.at.isoformat(), "ip_address": entry.ip_address or "", **facts}
    _mail(user, kind, context)
    record(f"{kind}_mailed", subject=f"user:{user.pk}", by=OPERATOR, at=at)


def _mail(user: User, kind: str, context: Mapping[str, str | int]) -> None:
    known = {"user_name": user.full_name, **context}
    outbox.record(
        SendEmail.model_validate({"to": user.email, "notification_type": kind, "context": known})
    )
