"""Writes of the ticket projection."""

from datetime import datetime

from django.db import transaction

from messaging_service.live import pokes
from servicekit.auth import Principal
from servicekit.contracts import TicketProjection

from .access import TicketNotFound, may_read
from .models import Ticket

_NEVER_SYNCED = -1


@transaction.atomic
def apply_projection(wanted: TicketProjection, *, at: datetime) -> bool:
    """Take over a ticket's state unless a newer version is here; returns whether it was newer.

    The ticket row is locked until commit. Former participants stay: they may go on reading.
    """
    fresh = Ticket(ticket_id=wanted.ticket_id, version=_NEVER_SYNCED, updated_at=at)
    Ticket.objects.bulk_create([fresh], ignore_conflicts=True)
    ticket = Ticket.objects.select_for_update().get(pk=wanted.ticket_id)
    if wanted.version <= ticket.version:
        return False
    ticket.external_ticket_id = wanted.external_ticket_id
    ticket.task_id, ticket.title = wanted.task_id, wanted.title
    ticket.status, ticket.workflow_name = wanted.status, wanted.workflow_name
    ticket.participants = sorted({*ticket.participants, *wanted.participants})
    ticket.owner_id, ticket.role_names = wanted.owner_id, sorted(set(wanted.role_names))
    ticket.version, ticket.updated_at = wanted.version, at
    ticket.save()
    pokes.after_commit("tickets", ticket_id=ticket.pk, seq=ticket.version)
    return True


def locked_ticket(ticket_id: int, *, by: Principal) -> Ticket:
    """Return a readable ticket, its row locked until commit; raises TicketNotFound."""
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None or not may_read(by, ticket):
        raise TicketNotFound
    return ticket


def next_seq(ticket: Ticket) -> int:
    """Allocate the next seq of a ticket that is locked."""
    ticket.head_seq += 1
    ticket.save(update_fields=["head_seq"])
    return ticket.head_seq
