"""A ticket as it goes over the wire: `ticket_data`, its limits and its signature. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from servicekit.contracts import ReceiveTicket, TicketAttachment, TicketData
from servicekit.errors import Invalid

MAX_BODY_BYTES = 250 * 1024  # the intake refuses 256 KiB; the Celery envelope needs a little
MAX_DEPTH = 15  # the intake refuses 20; the envelope and `ticket_data` are some of them


class TicketTooLarge(Invalid):
    code = "TICKET_TOO_LARGE"
    message = "The ticket is too large or too deeply nested to be handed over."


class TicketLike(Protocol):
    """What a ticket must have to be written as a message."""

    ticket_id: str
    title: str
    description: str
    priority: str
    category: str
    sub_category: str
    department: str
    requester_name: str
    requester_email: str
    extra: Any
    revision: int
    created_at: datetime
    updated_at: datetime


OWN_FIELDS = tuple(TicketLike.__annotations__.keys() - {"extra"})


def message_of(ticket: TicketLike, *, files: Iterable[tuple[str, str]]) -> ReceiveTicket:
    """Return the message for a ticket and its (filename, URL) pairs.

    What stands in `extra` goes along at the top level, where it never hides a field of the
    ticket itself. Raises TicketTooLarge.
    """
    known = {name: getattr(ticket, name) for name in OWN_FIELDS}
    attachments = [TicketAttachment(filename=name, url=url) for name, url in files]
    if _depth(ticket.extra) > MAX_DEPTH:
        raise TicketTooLarge(field="extra")
    data = TicketData.model_validate({**ticket.extra, **known, "attachments": attachments})
    message = ReceiveTicket(ticket_data=data)
    if len(json.dumps(message.kwargs())) > MAX_BODY_BYTES:
        raise TicketTooLarge(field="description")
    return message


def signature(
    *, ticket_data: dict[str, Any], message_id: str, key_id: str, secret: str, at: datetime
) -> dict[str, str]:
    """Return the three signature headers over time, Celery id and canonical JSON."""
    moment = str(int(at.timestamp()))
    signed = f"{moment}.{message_id}.{canonical(ticket_data)}".encode()
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"x-hdts-kid": key_id, "x-hdts-ts": moment, "x-hdts-sig": f"v1={digest}"}


def canonical(value: object) -> str:
    """Return JSON with sorted keys, no spaces and non-ASCII characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
