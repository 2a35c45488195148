"""What the Workflow API tells the help desk."""

from servicekit.contracts import TicketStatus
from servicekit.messaging import Delivery, Outcome, consumes

from . import services
from .errors import TicketNotFound


@consumes(TicketStatus)
def apply_status(message: TicketStatus, delivery: Delivery) -> Outcome | None:
    """Note the status; what is old or known changes nothing, a foreign ticket is left alone."""
    try:
        is_news = services.apply_status(update=message, at=delivery.received_at)
    except TicketNotFound as exc:
        return Outcome(outcome="unmatched", code=exc.code, reason=exc.sentence)
    if is_news:
        return None
    return Outcome(outcome="duplicate", code="OLD_UPDATE", reason="A newer update was applied.")
