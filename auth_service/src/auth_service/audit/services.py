"""The only way to write the audit trail."""

from datetime import datetime
from typing import Any

from servicekit.logs import request_id

from .actors import Actor
from .models import AuditEntry


def record(action: str, *, subject: str, by: Actor, at: datetime, **details: Any) -> None:
    """Note that `by` did `action` to `subject` (such as "user:7"), in the caller's transaction."""
    AuditEntry.objects.create(
        at=at,
        action=action,
        subject=subject,
        actor_id=by.user_id,
        actor=by.username,
        ip_address=by.ip_address,
        request_id=request_id.get(),
        details=details,
    )
