"""What a help desk wrote, as the fields of a ticket. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from servicekit.contracts import TicketData

from .signature import canonical

DEFAULT_PRIORITIES = {
    "low": "low",
    "medium": "medium",
    "high": "high",
    "urgent": "urgent",
    "critical": "urgent",
}
UPDATES = frozenset({"update", "updated"})
CANCELS = frozenset({"cancel", "cancelled", "canceled"})
WRITTEN = (
    "title",
    "description",
    "priority",
    "category",
    "sub_category",
    "department",
    "requester_name",
    "requester_email",
    "attachments",
    "extra",
)


class Known(Protocol):
    """What is known of a ticket; a Ticket is one."""

    revision: Any
    revised_at: Any


@dataclass(frozen=True, kw_only=True)
class Content:
    """The ticket as it would be stored. Times are aware; `hash` covers what people wrote."""

    external_id: str
    written: Mapping[str, Any]
    opened_at: datetime | None
    revised_at: datetime | None
    revision: int | None
    hash: str
    is_update: bool = False
    is_cancellation: bool = False

    @property
    def says_when(self) -> bool:
        """Whether the help desk says which state of the ticket this is."""
        return self.revision is not None or self.revised_at is not None

    @property
    def priority(self) -> str:
        return str(self.written["priority"])


def content_of(data: TicketData, *, priority_map: Mapping[str, str]) -> Content:
    """Return the content of a ticket; `priority_map` replaces the one-to-one mapping.

    Times and the revision are not part of the hash: who sends the same text again, with the clock
    of the day, says nothing new. `event: "update"` marks what must not create a ticket,
    `status: "cancelled"` (or `event: "cancel"`) what takes one back, and that is something new.
    """
    values = data.model_dump(mode="json")
    priorities = DEFAULT_PRIORITIES | dict(priority_map)
    values["priority"] = priorities[data.priority]
    extra = dict(data.model_extra or {})
    event = _word(extra.pop("event", ""))
    is_cancellation = event in CANCELS or _word(extra.get("status")) in CANCELS
    values["extra"] = extra
    written = {name: values[name] for name in WRITTEN}
    hashed = written | {"event": "cancel"} if is_cancellation else written
    return Content(
        external_id=data.ticket_id,
        written=written,
        opened_at=data.created_at,
        revised_at=data.updated_at,
        revision=data.revision,
        hash=hashlib.sha256(canonical(hashed).encode()).hexdigest(),
        is_update=is_cancellation or event in UPDATES,
        is_cancellation=is_cancellation,
    )


def supersedes(content: Content, known: Known) -> bool:
    """Whether a known ticket is to become what came; a cancellation need not say when."""
    if content.is_cancellation and not content.says_when:
        return True
    return is_newer(
        revision=content.revision,
        revised_at=content.revised_at,
        than_revision=known.revision,
        than_revised_at=known.revised_at,
    )


def _word(value: object) -> str:
    """Return the last part of a name like `ticket.updated`, in lower case."""
    return value.strip().lower().rpartition(".")[2] if isinstance(value, str) else ""


def is_newer(
    *,
    revision: int | None,
    revised_at: datetime | None,
    than_revision: int | None,
    than_revised_at: datetime | None,
) -> bool:
    """Whether one state of a ticket came after another, as far as the help desk says.

    Revisions decide where both have one, else the times; one that says nothing is not newer, and
    one that says something is newer than one that said nothing.
    """
    if revision is not None and than_revision is not None:
        return revision > than_revision
    if revised_at is not None and than_revised_at is not None:
        return revised_at > than_revised_at
    said = revision is not None or revised_at is not None
    return said and than_revision is None and than_revised_at is None
