"""Messages in: the Workflow API describes a ticket."""

from servicekit.contracts import TicketSync
from servicekit.messaging import Delivery, Outcome, consumes

from . import services


@consumes(TicketSync)
def sync_ticket(message: TicketSync, delivery: Delivery) -> Outcome | None:
    """Take over the newest version; an older one is a duplicate."""
    if services.apply_projection(message.ticket, at=delivery.received_at):
        return None
    return Outcome(outcome="duplicate", reason=f"version {message.ticket.version} is not newer")
