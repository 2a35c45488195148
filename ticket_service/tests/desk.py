"""A ticket as somebody writes it to the help desk."""

from collections.abc import Callable
from typing import Any

from servicekit.contracts import ReceiveTicket

TICKETS = "/api/tickets/"
Outbox = Callable[[type[ReceiveTicket]], list[ReceiveTicket]]


def body(**changes: Any) -> dict[str, Any]:
    """Return what is sent, with what a test wants to be different."""
    return {
        "title": "No network",
        "category": "IT Support",
        "sub_category": "Network",
        "priority": "High",
        "department": "Operations",
        "requester_email": "user@company.com",
    } | changes
