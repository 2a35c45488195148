"""Collects the mails that wait for a digest into one."""

import json
from collections.abc import Iterable
from datetime import datetime
from email.utils import make_msgid
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from notification_service.templates import catalog
from notification_service.templates import selectors as templates

from .models import Email, State

MAX_ITEMS: Final = 150
MAX_ITEMS_BYTES: Final = 40 * 1024  # escaped, they must fit into what a template may write


@transaction.atomic
def bundle_next(*, at: datetime) -> Email | None:
    """Turn what is due for one recipient into one queued mail; None when nothing is due.

    The held mails are locked until commit; those that somebody else has locked are left to them.
    """
    due = Email.objects.select_for_update(skip_locked=True).filter(
        state=State.HELD, next_attempt_at__lte=at
    )
    first = due.order_by("next_attempt_at", "id").first()
    if first is None:
        return None
    mails = _that_fit(due.filter(recipient=first.recipient).order_by("id")[:MAX_ITEMS])
    if len(mails) == 1:
        first.state = State.QUEUED
        first.save(update_fields=["state"])
        return first
    digest = _digest_of(mails, at=at)
    bundled = Email.objects.filter(id__in=[mail.id for mail in mails])
    bundled.update(state=State.BUNDLED, digest=digest)
    return digest


def _that_fit(mails: Iterable[Email]) -> list[Email]:
    """Return the first mails, as many as one digest can tell of; the others are due next."""
    fitting, size = [], 0
    for mail in mails:
        size += len(json.dumps(_item(mail), ensure_ascii=False).encode())
        if size > MAX_ITEMS_BYTES:
            break
        fitting.append(mail)
    return fitting


def _item(mail: Email) -> dict[str, str]:
    return {"subject": mail.subject, "at": mail.created_at.isoformat()}


def _digest_of(mails: list[Email], *, at: datetime) -> Email:
    last = mails[-1]
    context: dict[str, Any] = {"user_name": last.recipient_name, "count": len(mails)}
    content = templates.rendered_digest(context | {"items": [_item(mail) for mail in mails]})
    return Email.objects.create(
        recipient=last.recipient,
        recipient_name=last.recipient_name,
        user_id=last.user_id,
        notification_type=catalog.DIGEST,
        subject=content.subject,
        text=content.text,
        html=content.html,
        next_attempt_at=at,
        message_id=make_msgid(domain=settings.EMAIL_DOMAIN),
        source="digest",
        created_at=at,
    )
