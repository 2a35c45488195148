"""What the help desk can show; every list costs the same number of statements."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from servicekit.outbox.models import OutboxMessage

from .errors import AttachmentNotFound, TicketNotFound
from .models import Attachment, HelpDeskTicket, StatusChange

FILTERS = {"status", "priority", "category", "sub_category", "department"}


def tickets(*, search: str = "", **equal: str) -> QuerySet[HelpDeskTicket]:
    """Return tickets, newest first; `equal` holds values of FILTERS, in any case of letters."""
    conditions: dict[str, Any] = {
        f"{name}__iexact": value for name, value in equal.items() if name in FILTERS and value
    }
    found = _complete().filter(**conditions)
    if search:
        found = found.filter(Q(title__icontains=search) | Q(ticket_id__icontains=search))
    return found.order_by("-id")


def ticket(ticket_id: str) -> HelpDeskTicket:
    """Return one ticket with files and status history, oldest first; raises TicketNotFound."""
    history = StatusChange.objects.order_by("updated_at", "id")
    found = _complete().prefetch_related(Prefetch("status_history", history))
    row = found.filter(ticket_id=ticket_id).first()
    if row is None:
        raise TicketNotFound(ticket_id=ticket_id)
    return row


def attachment(ticket_id: str, attachment_id: UUID) -> Attachment:
    """Return one file of a ticket; raises AttachmentNotFound."""
    row = Attachment.objects.filter(id=attachment_id, ticket__ticket_id=ticket_id).first()
    if row is None:
        raise AttachmentNotFound(ticket_id=ticket_id)
    return row


def _complete() -> QuerySet[HelpDeskTicket]:
    waiting = OutboxMessage.objects.filter(message_id=OuterRef("message_id"), published_at=None)
    files = Attachment.objects.select_related("ticket").order_by("created_at", "id")
    return HelpDeskTicket.objects.annotate(is_published=~Exists(waiting)).prefetch_related(
        Prefetch("attachments", files)
    )
