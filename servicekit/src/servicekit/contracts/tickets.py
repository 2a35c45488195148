"""HDTS → Workflow API → Messaging and back to HDTS: the ticket."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field

from .message import Body, Message

Priority = Literal["low", "medium", "high", "urgent", "critical"]


def _text(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _in_utc(value: datetime) -> datetime:
    """Return a time in UTC; there, a time near the ends of the calendar can lie beyond them."""
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError as exc:
        raise ValueError("the time is out of range") from exc


def _required(max_length: int, *names: str) -> Any:
    alias = AliasChoices(*names) if names else None
    return Field(min_length=1, max_length=max_length, validation_alias=alias)


Moment = Annotated[datetime, AfterValidator(_in_utc)]
Text = Annotated[str, BeforeValidator(_text)]


class TicketAttachment(Body):
    """A file that the help desk holds; the URL is shown, never fetched unasked."""

    filename: str = Field(min_length=1, max_length=255)
    url: str = Field(default="", max_length=2000)


class TicketData(Body):
    """A ticket as the help desk sends it, in several spellings. Times without a zone are UTC."""

    ticket_id: Text = _required(100, "ticket_id", "ticket_number", "original_ticket_id")
    title: Text = _required(200, "title", "subject")
    category: Text = _required(100)
    sub_category: Text = _required(100, "sub_category", "subcategory")
    priority: Annotated[Priority, BeforeValidator(_lower)]
    description: str = Field(default="", max_length=100_000)
    department: Text = Field(default="", max_length=100)
    requester_email: Text = Field(default="", max_length=254)
    requester_name: Text = Field(default="", max_length=200)
    created_at: Moment | None = None
    updated_at: Moment | None = None
    revision: int | None = Field(default=None, ge=0, le=2**63 - 1)
    attachments: list[TicketAttachment] = Field(default_factory=list, max_length=100)


class ReceiveTicket(Message):
    """A help desk hands over a ticket, new or in a newer revision."""

    TASK: ClassVar[str] = "tickets.tasks.receive_ticket"
    QUEUE: ClassVar[str] = "TICKET_TASKS_PRODUCTION"

    ticket_data: TicketData

    @classmethod
    def subject_of(cls, kwargs: dict[str, Any]) -> str:
        """Return the help desk's ticket number, whatever else is wrong with the ticket."""
        data = kwargs.get("ticket_data")
        names = ("ticket_id", "ticket_number", "original_ticket_id")
        found = [data[name] for name in names if name in data] if isinstance(data, dict) else []
        return found[0].strip()[:100] if found and isinstance(found[0], str) else ""


class TicketProjection(Body):
    """What Messaging must know of a ticket to decide who may read and to show its state."""

    ticket_id: int = Field(ge=1)
    external_ticket_id: str = ""
    task_id: str = ""
    title: str = ""
    status: str
    workflow_name: str = ""
    participants: list[int] = Field(default_factory=list)
    owner_id: int | None = None
    role_names: list[str] = Field(default_factory=list)
    version: int = Field(ge=0)


class TicketSync(Message):
    """A ticket's people or state changed. The highest `version` wins."""

    TASK: ClassVar[str] = "messaging.ticket.sync"
    QUEUE: ClassVar[str] = "messaging-ticket-sync"

    ticket: TicketProjection


class TicketStatus(Message):
    """The help desk hears what became of its ticket; `ticket_id` is the help desk's own."""

    TASK: ClassVar[str] = "hdts.ticket.status"
    QUEUE: ClassVar[str] = "ticket_status-default"

    ticket_id: str = Field(min_length=1, max_length=100)
    status: str = Field(min_length=1, max_length=30)
    task_id: str = ""
    updated_at: Moment
