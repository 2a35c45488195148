"""Reads of machines' credentials."""

from datetime import datetime

from django.db.models import Q, QuerySet

from servicekit.errors import NotFound

from .models import Credential, Kind


def credentials(kind: Kind) -> QuerySet[Credential]:
    """The credentials of one kind, withdrawn ones included, the latest first."""
    return Credential.objects.filter(kind=kind).select_related("created_by").order_by("-pk")


def credential(kind: Kind, credential_id: int) -> Credential:
    """One credential. Raises NotFound."""
    found = credentials(kind).filter(pk=credential_id).first()
    if found is None:
        raise NotFound("There is no such credential.")
    return found


def is_standing(public_id: str, *, at: datetime) -> bool:
    """Whether the credential behind a client's token is neither withdrawn nor over."""
    return Credential.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=at), public_id=public_id, revoked_at=None
    ).exists()
