"""Writes of the revocations that Auth sends."""

from datetime import datetime, timedelta

from servicekit.contracts import TokensRevoked

from .models import Revocation

KEEP = timedelta(minutes=20)  # an access token lives for 15 minutes, and clocks may differ


def revoke(message: TokensRevoked, *, at: datetime) -> None:
    """Store a revocation; an older one never replaces a newer."""
    known, is_new = Revocation.objects.select_for_update().get_or_create(
        user_id=message.user_id,
        session_id=message.session_id or "",
        defaults={"version": message.version, "revoked_at": at},
    )
    if not is_new and known.version < message.version:
        known.version, known.revoked_at = message.version, at
        known.save(update_fields=["version", "revoked_at"])


def purge(*, at: datetime) -> int:
    """Delete what covers only tokens that are over anyhow; returns the number of rows."""
    return Revocation.objects.filter(revoked_at__lt=at - KEEP).delete()[0]
