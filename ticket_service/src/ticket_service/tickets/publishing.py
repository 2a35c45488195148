"""Hands tickets to the outbox as a foreign help desk would send them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from servicekit.contracts import ReceiveTicket
from servicekit.logs import request_id
from servicekit.outbox.models import OutboxMessage

from . import payload
from .models import Attachment, HelpDeskTicket


def publish(
    tickets: Sequence[HelpDeskTicket], *, files: Sequence[Attachment] = (), at: datetime
) -> None:
    """Store one message a ticket for the relay, in one INSERT of the caller's transaction.

    The message gets the ticket's `message_id`; `files` are those of all the tickets. Only what any
    Celery producer may send goes along: the request's id, and where HDTS_KEYS is set the signature.
    Raises TicketTooLarge.
    """
    OutboxMessage.objects.bulk_create(
        _row(
            payload.message_of(ticket, files=_files(ticket, files=files)),
            message_id=ticket.message_id,
            at=at,
        )
        for ticket in tickets
    )


def _files(ticket: HelpDeskTicket, *, files: Sequence[Attachment]) -> list[tuple[str, str]]:
    linked = [(link["filename"], link["url"]) for link in ticket.links]
    uploaded = [(file.filename, url_of(file)) for file in files if file.ticket_id == ticket.id]
    return linked + uploaded


def url_of(attachment: Attachment) -> str:
    """Return the public address of an uploaded file."""
    base = f"{settings.PUBLIC_URL}{settings.PUBLIC_PREFIX}"
    return f"{base}/api/tickets/{attachment.ticket.ticket_id}/attachments/{attachment.id}/"


def _row(message: ReceiveTicket, *, message_id: UUID, at: datetime) -> OutboxMessage:
    row = OutboxMessage(message_id=message_id, task=message.TASK, queue=message.QUEUE)
    row.kwargs = message.kwargs()
    row.headers = _signed(row.kwargs["ticket_data"], message_id=str(message_id), at=at)
    if request_id.get():
        row.headers["x-request-id"] = request_id.get()
    return row


def _signed(ticket_data: dict[str, Any], *, message_id: str, at: datetime) -> dict[str, str]:
    for key_id, secret in settings.HDTS_KEYS.items():
        return payload.signature(
            ticket_data=ticket_data, message_id=message_id, key_id=key_id, secret=secret, at=at
        )
    return {}
