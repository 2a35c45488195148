"""What the help desk takes and gives."""

from typing import Annotated, Any, Literal

from drf_spectacular.utils import extend_schema_field
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from rest_framework import serializers

from servicekit.api import Input
from servicekit.mail import mail_address

from .drafts import TicketDraft
from .models import Attachment, HelpDeskTicket
from .publishing import url_of


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _email(value: str) -> str:
    return value and mail_address(value)


PRIORITIES = Literal["low", "medium", "high", "urgent", "critical"]
TicketId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=100)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(min_length=1, max_length=100)]
Description = Annotated[str, Field(max_length=100_000)]
Department = Annotated[str, Field(max_length=100)]
PersonName = Annotated[str, Field(max_length=200)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Priority = Annotated[PRIORITIES, BeforeValidator(_lower)]


class LinkIn(BaseModel):
    filename: str = Field(min_length=1, max_length=255)
    url: str = Field(default="", max_length=2000, pattern=r"^(https?://\S+)?$")


Links = Annotated[list[LinkIn], Field(max_length=50)]


class TicketIn(Input):
    """A new ticket. `extra` goes to the Workflow API at the top level of the ticket."""

    ticket_id: TicketId | None = None
    title: Title
    description: Description = ""
    priority: Priority = "medium"
    category: Word
    sub_category: Word
    department: Department = ""
    requester_name: PersonName = ""
    requester_email: Email = ""
    attachments: Links = Field(default_factory=list)
    extra: dict[str, Any] = Field(default_factory=dict)

    def draft(self) -> TicketDraft:
        """Return what the service takes."""
        content = self.model_dump()
        return TicketDraft(links=content.pop("attachments"), **content)


class TicketPatchIn(Input):
    """What changes; `revision` is the one that the caller has seen."""

    revision: Annotated[int, Field(ge=1)] | None = None
    title: Title = Field(default_factory=str)
    description: Description = Field(default_factory=str)
    priority: Priority = Field(default_factory=lambda: "medium")
    category: Word = Field(default_factory=str)
    sub_category: Word = Field(default_factory=str)
    department: Department = Field(default_factory=str)
    requester_name: PersonName = Field(default_factory=str)
    requester_email: Email = Field(default_factory=str)
    attachments: Links = Field(default_factory=list)
    extra: dict[str, Any] = Field(default_factory=dict)

    def changes(self) -> dict[str, Any]:
        """Return the fields that were sent, by their column."""
        # not by exclude_unset, which leaves out what is unset within a link as well
        sent = self.model_dump(include=self.model_fields_set - {"revision"})
        if "attachments" in sent:
            sent["links"] = sent.pop("attachments")
        return sent


class GenerateIn(Input):
    """The same seed gives the same tickets, apart from ids and dates."""

    count: Annotated[int, Field(ge=1, le=1000)] = 1
    seed: Annotated[int, Field(ge=0, lt=2**31)] | None = None


class TicketsQuery(Input):
    """Filters in any case of letters. Long lists: `cursor` (at first empty) instead of `page`."""

    page: int = 1
    page_size: int = 10
    cursor: str | None = None
    status: str = ""
    priority: str = ""
    category: str = ""
    sub_category: str = ""
    department: str = ""
    search: str = Field(default="", max_length=200)


class AttachmentOut(serializers.Serializer[Attachment]):
    """A file: uploaded ones have an id, linked ones only a name and an address."""

    id = serializers.UUIDField(required=False)
    filename = serializers.CharField()
    url = serializers.CharField()
    content_type = serializers.CharField(required=False)
    size_bytes = serializers.IntegerField(required=False)
    sha256 = serializers.CharField(required=False)


class StatusChangeOut(serializers.Serializer[Any]):
    status = serializers.CharField()
    task_id = serializers.CharField()
    updated_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()


class TicketOut(serializers.Serializer[HelpDeskTicket]):
    """`published` is false while the current revision waits for the relay."""

    ticket_id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    priority = serializers.CharField()
    category = serializers.CharField()
    sub_category = serializers.CharField()
    department = serializers.CharField()
    requester_name = serializers.CharField()
    requester_email = serializers.CharField()
    attachments = serializers.SerializerMethodField()
    extra = serializers.DictField()
    revision = serializers.IntegerField()
    published = serializers.BooleanField(source="is_published")
    status = serializers.CharField()
    status_at = serializers.DateTimeField(allow_null=True)
    task_id = serializers.CharField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(AttachmentOut(many=True))
    def get_attachments(self, ticket: HelpDeskTicket) -> list[dict[str, Any]]:
        """Return linked files, then uploaded ones."""
        uploaded = [
            {
                "id": str(file.id),
                "filename": file.filename,
                "url": url_of(file),
                "content_type": file.content_type,
                "size_bytes": file.size_bytes,
                "sha256": file.sha256,
            }
            for file in ticket.attachments.all()
        ]
        return [*ticket.links, *uploaded]


class TicketDetailOut(TicketOut):
    status_history = StatusChangeOut(many=True)


class TicketWrittenOut(TicketDetailOut):
    message = serializers.CharField()


class TicketsPageOut(serializers.Serializer[Any]):
    """One page; by `cursor` there is no count."""

    count = serializers.IntegerField(required=False)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = TicketOut(many=True)


class GeneratedOut(serializers.Serializer[Any]):
    tickets = serializers.ListField(child=serializers.CharField())
    count = serializers.IntegerField()
    seed = serializers.IntegerField()
    message = serializers.CharField()
