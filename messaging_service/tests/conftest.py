"""What the tests of Messaging share: tickets, people, clients."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from people import ANA, BEN, OWNER, person

from messaging_service.tickets.models import Ticket
from messaging_service.tickets.services import apply_projection
from servicekit.auth import Principal
from servicekit.contracts import TicketProjection

pytest_plugins = ["servicekit.testing.plugin"]


@pytest.fixture
def make_ticket() -> Callable[..., Ticket]:
    """Make tickets by the way they come: from a projection."""

    def make(ticket_id: int = 1, **fields: Any) -> Ticket:
        body = {
            "external_ticket_id": f"HDTS-{ticket_id}",
            "task_id": f"T-{ticket_id}",
            "title": "Printer on fire",
            "status": "in_progress",
            "participants": [ANA, BEN],
            "owner_id": OWNER,
            "role_names": ["L2 Support"],
            "version": 1,
        }
        wanted = TicketProjection(ticket_id=ticket_id, **(body | fields))
        apply_projection(wanted, at=timezone.now())
        return Ticket.objects.get(pk=ticket_id)

    return make


@pytest.fixture
def ticket(db: None, make_ticket: Callable[..., Ticket]) -> Ticket:
    return make_ticket()


@pytest.fixture
def ana() -> Principal:
    return person(ANA, "L1 Support", username="l1.ana")


@pytest.fixture
def ben() -> Principal:
    return person(BEN, "L1 Support", username="l1.ben")


@pytest.fixture(autouse=True)
def _attachments_below_tmp(settings: Any, tmp_path: Any) -> None:
    settings.ATTACHMENT_ROOT = tmp_path / "attachments"
