"""Which files may be attached: extension, first bytes and structure must all agree; pure."""

import io
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

MAX_ZIP_MEMBERS = 2000
MAX_UNZIPPED_BYTES = 200 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_MACROS = "vbaproject.bin"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError),
    *(EOFError, OSError, ValueError, MemoryError),  # LZMA asks for the memory that a file names
)


@dataclass(frozen=True)
class FileType:
    """One kind of file: what it is served as, and whether bytes are such a file."""

    content_type: str
    is_valid: Callable[[bytes], bool]


def type_of(filename: str, data: bytes) -> FileType | None:
    """Return the type that name and bytes agree on; None when they do not, or it is not allowed."""
    extension = filename.rpartition(".")[2].lower() if "." in filename else ""
    known = TYPES.get(extension)
    return known if known and known.is_valid(data) else None


def _is_pdf(data: bytes) -> bool:
    tail = data[-2048:]
    return data.startswith(b"%PDF-") and b"startxref" in tail and b"%%EOF" in tail


def _is_png(data: bytes) -> bool:
    if not data.startswith(_PNG):
        return False
    at, kinds = len(_PNG), []
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            return False
        if struct.unpack_from(">I", data, end)[0] != zlib.crc32(data[at + 4 : end]):
            return False
        kinds.append(data[at + 4 : at + 8])
        at = end + 4
    is_complete = at == len(data) and b"IDAT" in kinds
    return is_complete and kinds[0] == b"IHDR" and kinds[-1] == b"IEND"


def _is_jpeg(data: bytes) -> bool:
    if not data.startswith(b"\xff\xd8\xff") or not data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xDA:  # from here on the picture itself
            return True
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return False


def _is_gif(data: bytes) -> bool:
    return data[:6] in (b"GIF87a", b"GIF89a") and len(data) > 13 and data.endswith(b"\x3b")


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\r\f" for char in text)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _members(data: bytes) -> list[str] | None:
    """Return the lower-case names in an intact archive of sane size, else None."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            is_sane = len(infos) <= MAX_ZIP_MEMBERS and _unzipped(infos) <= MAX_UNZIPPED_BYTES
            is_plain = not any(info.flag_bits & 0x1 for info in infos)  # not encrypted
            if not is_sane or not is_plain or archive.testzip() is not None:
                return None
    except _BROKEN:
        return None
    return [info.filename.lower() for info in infos]


def _unzipped(infos: list[zipfile.ZipInfo]) -> int:
    return sum(info.file_size for info in infos)


def _is_zip(data: bytes) -> bool:
    names = _members(data)
    return names is not None and not any(".." in name.split("/") for name in names)


def _is_office(main_part: str) -> Callable[[bytes], bool]:
    def is_valid(data: bytes) -> bool:
        names = _members(data) or []
        has_macros = any(name.endswith(_MACROS) for name in names)
        return "[content_types].xml" in names and main_part in names and not has_macros

    return is_valid


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": FileType("application/pdf", _is_pdf),
    "png": FileType("image/png", _is_png),
    "jpg": FileType("image/jpeg", _is_jpeg),
    "jpeg": FileType("image/jpeg", _is_jpeg),
    "gif": FileType("image/gif", _is_gif),
    "txt": FileType("text/plain; charset=utf-8", _is_text),
    "log": FileType("text/plain; charset=utf-8", _is_text),
    "md": FileType("text/markdown; charset=utf-8", _is_text),
    "csv": FileType("text/csv; charset=utf-8", _is_text),
    "json": FileType("application/json", _is_json),
    "zip": FileType("application/zip", _is_zip),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", _is_office("word/document.xml")),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", _is_office("xl/workbook.xml")),
    "pptx": FileType(f"{_OFFICE}.presentationml.presentation", _is_office("ppt/presentation.xml")),
}
