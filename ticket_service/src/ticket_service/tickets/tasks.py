"""What the Workflow API tells the help desk."""

from servicekit.contracts import TicketStatus
from servicekit.messaging import Delivery, Outcome, consumes

from . import services
from .errors import TicketNotFound


@consumes(TicketStatus)
def apply_status(message: TicketStatus, delivery: Delivery) -> Outcome | None:
    """Note the status; what is old or known changes nothing, a foreign ticket is left alone."""
    is_news = services.apply_status(update=message, at=delivery.received_at)
    if is_news is None:
        unknown = TicketNotFound(ticket_id=message.ticket_id)
        return Outcome(outcome="unmatched", code=unknown.code, reason=unknown.sentence)
    if is_news:
        return None
    return Outcome(outcome="duplicate", code="OLD_UPDATE", reason="A newer update was applied.")
