"""Where the bytes of attachments lie: a folder outside the web root, under names of our own."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def write(attachment_id: UUID, data: bytes) -> None:
    """Store the bytes so that they are either there completely or not at all."""
    path = _path(attachment_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read(attachment_id: UUID) -> bytes:
    """Return the bytes; raises FileNotFoundError."""
    return _path(attachment_id).read_bytes()


def remove(attachment_id: UUID) -> None:
    """Delete the bytes if they are there."""
    _path(attachment_id).unlink(missing_ok=True)


def _path(attachment_id: UUID) -> Path:
    name = attachment_id.hex
    return Path(settings.ATTACHMENT_ROOT) / name[:2] / name
