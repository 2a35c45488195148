"""Queues mails, and keeps the log of what became of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet

from notification_service.preferences import selectors as preferences
from notification_service.templates import catalog
from notification_service.templates import selectors as templates
from servicekit.errors import Conflict, NotFound
from servicekit.writes import pipelined

from . import addresses, backoff
from .models import Email, State

CHANNEL: Final = "email_queued"
LEASE: Final = timedelta(seconds=30)


class MailNotFound(NotFound):
    """There is no such mail in the log."""

    message = "There is no mail {mail_id}."


class MailNotFailed(Conflict):
    """Only a mail that has failed can be tried again."""

    code = "MAIL_NOT_FAILED"
    message = "Mail {mail_id} is {state}; only a failed mail can be retried."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A mail that somebody asks for; `source` says who, for the log."""

    to: str
    notification_type: str
    source: str
    context: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    user_id: int | None = None


def queue_mail(
    wanted: Wanted, *, at: datetime, field: str = "to", plan: preferences.MailPlan | None = None
) -> Email:
    """Render a mail and put it into the log, from where the mailer sends it.

    What the recipient does not want is logged as suppressed; quiet hours and digests put it off:
    `plan` says so where the caller has read the preferences already.
    Raises HeaderInjection and AddressInvalid naming `field`, UnknownType, ContextInvalid.
    """
    address = addresses.checked_address(wanted.to, field=field)
    name = addresses.checked_header(wanted.name, field="user_name")
    plan = plan or preferences.mail_plan(
        user_id=wanted.user_id, address=address, notification_type=wanted.notification_type, at=at
    )
    mail = Email(
        recipient=address,
        recipient_name=name,
        user_id=wanted.user_id,
        notification_type=wanted.notification_type,
        state=_first_state(plan),
        next_attempt_at=plan.not_before,
        message_id=make_msgid(domain=settings.EMAIL_DOMAIN),
        source=wanted.source,
        created_at=at,
        **_content(wanted, name=name),
    )
    with transaction.atomic(savepoint=False), pipelined():
        if mail.state == State.QUEUED:
            _wake_mailer()  # which hears of it at the commit
        mail.save(force_insert=True)
    return mail


@transaction.atomic
def retry_mail(*, mail_id: int, at: datetime) -> Email:
    """Queue a failed mail again with all its attempts.

    The row is locked until commit. Raises MailNotFound, MailNotFailed.
    """
    mail = Email.objects.select_for_update().filter(id=mail_id).first()
    if mail is None:
        raise MailNotFound(mail_id=mail_id)
    if mail.state != State.FAILED:
        raise MailNotFailed(mail_id=mail_id, state=mail.state)
    mail.state, mail.attempts, mail.next_attempt_at = State.QUEUED, 0, at
    mail.save(update_fields=["state", "attempts", "next_attempt_at"])
    _wake_mailer()
    return mail


@transaction.atomic
def claim_due(*, limit: int, at: datetime) -> list[Email]:
    """Take the mails that are due, each under a lease of 30 s, and count the attempt.

    Rows that another mailer has locked are left to it; a lease that ran out is due again.
    """
    due = (
        Email.objects.select_for_update(skip_locked=True)
        .filter(state__in=[State.QUEUED, State.SENDING], next_attempt_at__lte=at)
        .order_by("next_attempt_at", "id")[:limit]
    )
    claimed = list(due)
    for mail in claimed:
        mail.state, mail.next_attempt_at = State.SENDING, at + LEASE
        mail.attempts += 1
    Email.objects.filter(id__in=[mail.id for mail in claimed]).update(
        state=State.SENDING, next_attempt_at=at + LEASE, attempts=F("attempts") + 1
    )
    return claimed


def hand_over(mail: Email, *, send: Callable[[Email], None], at: datetime) -> bool:
    """Send a claimed mail and log it as sent in one transaction; False when the lease was lost.

    The row is locked and changed before `send` runs, so that nothing but the commit follows it: a
    process killed in between is the only way to a second copy. What `send` raises undoes the mark.
    The text of a mail that carries a code or a one-time link is dropped.
    """
    wiped = {"text": "", "html": ""} if mail.notification_type in catalog.SECRET else {}
    with transaction.atomic():
        changed = _leased(mail).update(state=State.SENT, sent_at=at, last_error="", **wiped)
        if changed:
            send(mail)
    return bool(changed)


def mark_refused(mail: Email, *, reason: str) -> bool:
    """Log that a mail can never be delivered."""
    return bool(_leased(mail).update(state=State.FAILED, last_error=reason[:2000]))


def mark_deferred(mail: Email, *, reason: str, at: datetime) -> bool:
    """Put a mail off after a failed attempt; after the eighth it has failed."""
    if backoff.is_exhausted(mail.attempts):
        return mark_refused(mail, reason=f"gave up after {mail.attempts} attempts: {reason}")
    due = at + backoff.next_wait(mail.attempts)
    return bool(
        _leased(mail).update(state=State.QUEUED, next_attempt_at=due, last_error=reason[:2000])
    )


def release(mails: list[Email], *, reason: str, at: datetime) -> None:
    """Give claimed mails back untried: the attempt does not count, they are due at once."""
    for mail in mails:
        _leased(mail).update(
            state=State.QUEUED,
            next_attempt_at=at,
            attempts=F("attempts") - 1,
            last_error=reason[:2000],
        )


def _content(wanted: Wanted, *, name: str) -> dict[str, str]:
    context = {**wanted.context, "user_name": name} if name else wanted.context
    content = templates.rendered(notification_type=wanted.notification_type, context=context)
    return {"subject": content.subject, "text": content.text, "html": content.html}


def _first_state(plan: preferences.MailPlan) -> State:
    if not plan.is_wanted:
        return State.SUPPRESSED
    return State.HELD if plan.is_collected else State.QUEUED


def _leased(mail: Email) -> QuerySet[Email]:
    """Return the row if this claim still holds it: the number of the attempt is the fence."""
    return Email.objects.filter(id=mail.id, state=State.SENDING, attempts=mail.attempts)


def _wake_mailer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
