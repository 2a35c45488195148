"""/api/comments/{id}/attachments/ and /api/attachments/{id}/"""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from messaging_service.comments.serializers import AttachmentOut
from servicekit.api import idempotent
from servicekit.auth import caller

from . import selectors, services, storage

MULTIPART_OVERHEAD_BYTES = 64 * 1024


class AttachmentWrittenOut(AttachmentOut):
    """The stored file and a sentence."""

    message = serializers.CharField()


class AttachmentsView(APIView):
    """The files on a comment."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request=inline_serializer("AttachmentIn", {"file": serializers.FileField()}),
        responses={201: AttachmentWrittenOut},
    )
    @idempotent
    def post(self, request: Request, comment_id: int) -> Response:
        """Hang a file of up to 10 MB on one's own comment; its content must be what it says."""
        file = _uploaded(request)
        attachment = services.attach_file(
            comment_id=comment_id,
            filename=file.name or "",
            data=file.read(),
            by=caller(request),
            at=timezone.now(),
        )
        body = {**AttachmentOut(attachment).data, "message": "The file was attached."}
        return Response(body, status=status.HTTP_201_CREATED)


class AttachmentView(APIView):
    """One file."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, attachment_id: UUID) -> HttpResponse:
        """Download the file; a browser never shows it in our origin."""
        attachment = selectors.readable_attachment(attachment_id, by=caller(request))
        disposition = content_disposition_header(True, attachment.filename) or "attachment"
        return HttpResponse(
            storage.read(attachment.id),
            content_type=attachment.content_type,
            headers={
                "Content-Disposition": disposition,
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-store",
            },
        )


def _uploaded(request: Request) -> "UploadedFile[bytes]":
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > services.MAX_BYTES + MULTIPART_OVERHEAD_BYTES:
        raise services.FileRefused("The file is larger than 10 MB.", field="file")
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or (file.size or 0) > services.MAX_BYTES:
        raise services.FileRefused("Send one file of 10 MB at most as `file`.", field="file")
    return file
