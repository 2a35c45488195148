"""What somebody asks of the help desk, before it is a ticket. Pure."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketDraft:
    """The content of a new ticket; without `ticket_id` the help desk gives it the next number."""

    title: str
    category: str
    sub_category: str
    priority: str
    ticket_id: str | None = None
    description: str = ""
    department: str = ""
    requester_name: str = ""
    requester_email: str = ""
    links: list[dict[str, str]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
