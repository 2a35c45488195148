"""Reads of the ticket projection."""

from servicekit.auth import Principal

from .access import TicketNotFound, may_read
from .models import Ticket


def readable_ticket(ticket_id: int, *, by: Principal) -> Ticket:
    """Return a ticket that the caller may read; raises TicketNotFound for any other."""
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None or not may_read(by, ticket):
        raise TicketNotFound
    return ticket
