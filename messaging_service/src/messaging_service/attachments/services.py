"""Writes of attachments."""

import unicodedata
import uuid
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from messaging_service.comments import services as comments
from servicekit.auth import Principal
from servicekit.errors import Invalid

from . import file_types, storage
from .models import Attachment

MAX_BYTES = 10 * 1024 * 1024
MAX_NAME_LENGTH = 200
MAX_PER_COMMENT = 10


class FileRefused(Invalid):
    """The sentence says why; the field is always `file`."""


def attach_file(
    *, comment_id: int, filename: str, data: bytes, by: Principal, at: datetime
) -> Attachment:
    """Check a file, store it and hang it on the caller's own comment.

    The ticket row is locked until commit. Raises CommentNotFound, NotTheAuthor, CommentIsDeleted,
    FileRefused.
    """
    name = safe_name(filename)
    file_type = _checked_type(name, data)
    attachment = Attachment(
        id=uuid.uuid4(),
        filename=name,
        content_type=file_type.content_type,
        size_bytes=len(data),
        sha256=sha256(data).hexdigest(),
        uploaded_by=by.user_id,
        created_at=at,
    )
    try:
        _store(attachment, data, comment_id=comment_id, by=by, at=at)
    except BaseException:
        storage.remove(attachment.id)
        raise
    return attachment


@transaction.atomic
def _store(
    attachment: Attachment, data: bytes, *, comment_id: int, by: Principal, at: datetime
) -> None:
    ticket, attachment.comment = comments.locked_for_attachment(comment_id, by=by)
    if Attachment.objects.filter(comment_id=comment_id).count() >= MAX_PER_COMMENT:
        raise FileRefused(f"A comment holds {MAX_PER_COMMENT} files at most.", field="file")
    storage.write(attachment.id, data)
    attachment.save(force_insert=True)
    comments.note_attachment(ticket, attachment.comment, by=by, at=at)


def safe_name(filename: str) -> str:
    """Return the last part of a file name without control characters; keeps its extension."""
    name = PureWindowsPath(PurePosixPath(filename).name).name
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C").strip()
    stem, dot, extension = name.rpartition(".")
    return f"{stem[: MAX_NAME_LENGTH - len(extension) - 1]}{dot}{extension}" if dot else name


def _checked_type(name: str, data: bytes) -> file_types.FileType:
    if not data:
        raise FileRefused("The file is empty.", field="file")
    if len(data) > MAX_BYTES:
        raise FileRefused("The file is larger than 10 MB.", field="file")
    file_type = file_types.type_of(name, data)
    if file_type is None:
        allowed = ", ".join(file_types.TYPES)
        raise FileRefused(
            f"The content is not what the name says, or not one of: {allowed}.", field="file"
        )
    _scan(name, data)
    return file_type


def _scan(name: str, data: bytes) -> None:
    if not settings.ATTACHMENT_SCANNER:
        return
    is_clean: Callable[[str, bytes], bool] = import_string(settings.ATTACHMENT_SCANNER)
    if not is_clean(name, data):
        raise FileRefused("The file was refused by the virus scanner.", field="file")
