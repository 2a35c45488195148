"""The help desk over HTTP."""

import secrets
from pathlib import PurePosixPath
from uuid import UUID

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import idempotent, paginate

from ..access import HELP_DESK_AUTHENTICATION, MayUseHelpDesk
from . import selectors, services
from .errors import FileRefused, FileTooLarge
from .generator import generate
from .selectors import FILTERS
from .serializers import (
    GeneratedOut,
    GenerateIn,
    TicketDetailOut,
    TicketIn,
    TicketOut,
    TicketPatchIn,
    TicketsPageOut,
    TicketsQuery,
    TicketWrittenOut,
)

FORM_BYTES = 64 * 1024  # what a multipart form needs around its file
UPLOAD = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


class HelpDeskView(APIView):
    """A view of the help desk: keys and tokens, and everybody where it stands open."""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]


class TicketsView(HelpDeskView):
    """GET, POST /api/tickets/"""

    @extend_schema(
        operation_id="tickets_list",
        parameters=[TicketsQuery],  # type: ignore[list-item]  # spectacular takes pydantic
        responses=TicketsPageOut,
    )
    def get(self, request: Request) -> Response:
        wanted = TicketsQuery.parse(request.query_params)
        found = selectors.tickets(search=wanted.search, **wanted.model_dump(include=FILTERS))
        return paginate(request, found, TicketOut, cursor_by=("-id",))

    @extend_schema(
        operation_id="tickets_create",
        request=TicketIn,
        responses={201: TicketWrittenOut},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        draft = TicketIn.parse(request.data).draft()
        ticket = services.create_ticket(draft=draft, at=timezone.now())
        message = f"Ticket {ticket.ticket_id} is on its way."
        return _written(ticket.ticket_id, message, status=201)


class GenerateView(HelpDeskView):
    """POST /api/tickets/generate/"""

    @extend_schema(
        operation_id="tickets_generate",
        request=GenerateIn,
        responses={201: GeneratedOut},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        wanted = GenerateIn.parse(request.data)
        seed = secrets.randbelow(2**31) if wanted.seed is None else wanted.seed
        at = timezone.now()
        drafts = list(generate(count=wanted.count, seed=seed, today=at.date()))
        tickets = services.create_tickets(drafts=drafts, at=at)
        body = {
            "tickets": [ticket.ticket_id for ticket in tickets],
            "count": len(tickets),
            "seed": seed,
            "message": f"{len(tickets)} tickets are on their way.",
        }
        return Response(GeneratedOut(body).data, status=201)


class TicketView(HelpDeskView):
    """GET, PATCH /api/tickets/{ticket_id}/"""

    @extend_schema(operation_id="tickets_read", responses=TicketDetailOut)
    def get(self, request: Request, ticket_id: str) -> Response:
        return Response(TicketDetailOut(selectors.ticket(ticket_id)).data)

    @extend_schema(operation_id="tickets_revise", request=TicketPatchIn, responses=TicketWrittenOut)
    def patch(self, request: Request, ticket_id: str) -> Response:
        wanted = TicketPatchIn.parse(request.data)
        ticket = services.revise_ticket(
            ticket_id=ticket_id,
            changes=wanted.changes(),
            revision=wanted.revision,
            at=timezone.now(),
        )
        message = f"Ticket {ticket_id} is at revision {ticket.revision}."
        return _written(ticket_id, message)


class PublishView(HelpDeskView):
    """POST /api/tickets/{ticket_id}/publish/"""

    @extend_schema(operation_id="tickets_publish", request=None, responses=TicketWrittenOut)
    def post(self, request: Request, ticket_id: str) -> Response:
        services.publish_again(ticket_id=ticket_id, at=timezone.now())
        return _written(ticket_id, f"Ticket {ticket_id} is on its way once more.")


class AttachmentsView(HelpDeskView):
    """POST /api/tickets/{ticket_id}/attachments/"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="tickets_attach",
        request={"multipart/form-data": UPLOAD},
        responses={201: TicketWrittenOut},
    )
    @idempotent
    def post(self, request: Request, ticket_id: str) -> Response:
        filename, content = _uploaded(request)
        services.attach_file(
            ticket_id=ticket_id, filename=filename, content=content, at=timezone.now()
        )
        message = f"{filename} is attached to ticket {ticket_id}."
        return _written(ticket_id, message, status=201)


class AttachmentView(HelpDeskView):
    """GET /api/tickets/{ticket_id}/attachments/{attachment_id}/"""

    @extend_schema(
        operation_id="tickets_attachment",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, ticket_id: str, attachment_id: UUID) -> FileResponse:
        found = selectors.attachment(ticket_id, attachment_id)
        answer = FileResponse(
            found.file.open("rb"),
            as_attachment=True,
            filename=found.filename,
            content_type=found.content_type,
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer


def _written(ticket_id: str, message: str, *, status: int = 200) -> Response:
    body = TicketDetailOut(selectors.ticket(ticket_id)).data
    return Response(body | {"message": message}, status=status)


def _uploaded(request: Request) -> tuple[str, bytes]:
    """Return name and content of the uploaded file; raises FileRefused, FileTooLarge."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > services.MAX_FILE_BYTES + FORM_BYTES:
        raise FileTooLarge(limit_bytes=services.MAX_FILE_BYTES)
    file = request.FILES.get("file")
    if file is None:
        raise FileRefused("Send the file in the form field `file`.", field="file")
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    name = "".join(char for char in name if char.isprintable())[-255:]
    return name, file.read()
