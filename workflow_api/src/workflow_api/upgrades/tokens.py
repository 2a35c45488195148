"""Proof of what somebody has looked at: signed, kept nowhere."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from servicekit.errors import Conflict, Invalid

from .preview import Preview

GOOD_FOR = timedelta(hours=1)
SALT = "workflow_api.upgrades.preview"


class PreviewNotGood(Conflict):
    code = "PREVIEW_NOT_GOOD"
    message = "The preview is not one of this migration, or older than an hour: look again."


class PreviewMissing(Invalid):
    message = "Apply what a preview has shown: send its `preview_token`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A preview that somebody looked at: its number, and when."""

    number: uuid.UUID
    at: datetime


def token_of(preview: Preview, *, at: datetime) -> str:
    """Return what `apply` must bring: it says what was looked at, and when."""
    values = {"number": uuid.uuid4().hex, "at": at.isoformat(), "of": _digest(preview)}
    return signing.dumps(values, salt=SALT)


def seen(preview: Preview, token: str, *, at: datetime) -> Seen:
    """Return which preview a token is of. Raises PreviewMissing, PreviewNotGood."""
    if not token:
        raise PreviewMissing(field="preview_token")
    try:
        values = signing.loads(token, salt=SALT)
    except signing.BadSignature as exc:
        raise PreviewNotGood from exc
    seen_at = datetime.fromisoformat(values["at"])
    if values["of"] != _digest(preview) or at - seen_at > GOOD_FOR:
        raise PreviewNotGood
    return Seen(number=uuid.UUID(values["number"]), at=seen_at)


def _digest(preview: Preview) -> str:
    """Return what tells this migration from any other."""
    wanted = preview.wanted
    values = [
        preview.target.version_id,
        wanted.from_versions,
        sorted(wanted.step_map.items()),
        wanted.task_numbers,
    ]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
