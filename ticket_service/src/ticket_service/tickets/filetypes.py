"""Which files may be attached: extension, first bytes and structure must agree. Pure."""

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

MAX_ARCHIVE_ENTRIES = 10_000
MARKUP = ("<!doctype html", "<html", "<script", "<svg", "<?xml")


class FileType(NamedTuple):
    """A kind of file: its media type, and a check of its bytes."""

    content_type: str
    agrees: Callable[[bytes], bool]


def extension_of(filename: str) -> str:
    """Return the lower-case extension without its dot, or an empty string."""
    stem, dot, extension = filename.rpartition(".")
    return extension.lower() if dot and stem else ""


def content_type_of(*, filename: str, content: bytes) -> str | None:
    """Return the media type, or None if the kind is not allowed or the bytes say otherwise."""
    kind = ALLOWED.get(extension_of(filename))
    return kind.content_type if kind and kind.agrees(content) else None


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]


def _is_gif(content: bytes) -> bool:
    return content[:6] in {b"GIF87a", b"GIF89a"} and len(content) > 13


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not text.lstrip("\ufeff \t\r\n").lower().startswith(MARKUP)


def _is_zip(content: bytes) -> bool:
    return _names(content) is not None


def _office(part: str) -> Callable[[bytes], bool]:
    def agrees(content: bytes) -> bool:
        names = _names(content) or frozenset()
        return "[Content_Types].xml" in names and part in names

    return agrees


def _names(content: bytes) -> frozenset[str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    return frozenset(names) if len(names) <= MAX_ARCHIVE_ENTRIES else None


_OFFICE = "application/vnd.openxmlformats-officedocument"
_JPEG = FileType("image/jpeg", _is_jpeg)
_TEXT = FileType("text/plain", _is_text)
ALLOWED: dict[str, FileType] = {
    "png": FileType("image/png", _is_png),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "gif": FileType("image/gif", _is_gif),
    "webp": FileType("image/webp", _is_webp),
    "pdf": FileType("application/pdf", _is_pdf),
    "txt": _TEXT,
    "log": _TEXT,
    "csv": FileType("text/csv", _is_text),
    "zip": FileType("application/zip", _is_zip),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", _office("word/document.xml")),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    "pptx": FileType(f"{_OFFICE}.presentationml.presentation", _office("ppt/presentation.xml")),
}
