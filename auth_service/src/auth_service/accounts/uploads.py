"""Files that people send and get."""

from django.core.files.uploadedfile import UploadedFile
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from servicekit.errors import Invalid

MULTIPART_OVERHEAD_BYTES = 64 * 1024


class AnyType(DefaultContentNegotiation):
    """Whatever a caller accepts gets the file; an error is JSON as everywhere."""

    def select_renderer(  # type: ignore[override]
        self,
        request: Request,
        renderers: list[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


def uploaded(request: Request, *, max_bytes: int) -> tuple[str, bytes]:
    """Return name and content of the part `file`. Raises Invalid before reading what is too big."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > max_bytes + MULTIPART_OVERHEAD_BYTES:
        raise Invalid(f"The file is larger than {max_bytes // 1024} KB.", field="file")
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid("Send one file as `file` (multipart/form-data).", field="file")
    return file.name or "", file.read()
