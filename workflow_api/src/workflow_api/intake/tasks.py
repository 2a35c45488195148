"""Tickets from the help desk, from the broker."""

import uuid

import structlog
from django.conf import settings
from django.utils import timezone

from servicekit.contracts import ReceiveTicket
from servicekit.messaging import Delivery, Outcome, Park, consumes
from servicekit.outbox.models import OutboxMessage

from . import services, signature
from .signature import Mode, Verdict

log = structlog.get_logger(__name__)


@consumes(ReceiveTicket)
def receive_ticket(message: ReceiveTicket, delivery: Delivery) -> Outcome | None:
    """A help desk hands over a ticket."""
    check_signature(delivery)
    return services.receive_ticket(
        message.ticket_data, received_at=delivery.received_at, at=timezone.now()
    )


def check_signature(delivery: Delivery) -> None:
    """Raise Park for a message whose signature is not what the mode asks for.

    A replay of ours bears the signature of another message id; it is known by its outbox row.
    """
    mode = Mode(settings.HDTS_SIGNATURE_MODE)
    if mode is Mode.OFF:
        return
    found = signature.verdict(
        delivery.headers,
        delivery.body.get("ticket_data"),
        message_id=delivery.message_id,
        keys=settings.HDTS_KEYS,
    )
    if found is not Verdict.GOOD:
        log.debug("ticket_not_signed", message_id=delivery.message_id, verdict=found.value)
    if not signature.is_acceptable(found, mode) and not _is_replay(delivery):
        raise Park("BAD_SIGNATURE", f"The signature is {found.value}; the mode is {mode.value}.")


def _is_replay(delivery: Delivery) -> bool:
    try:
        message_id = uuid.UUID(delivery.message_id)
    except ValueError:
        return False
    return OutboxMessage.objects.filter(task=ReceiveTicket.TASK, message_id=message_id).exists()
