"""The simulated AMS: who may have which asset until when."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from .answers import Answer
from .models import Asset, Reservation

MAX_ALTERNATIVES = 5


@transaction.atomic
def reserve(
    *,
    asset_id: str,
    requester_id: str,
    task_id: str,
    duration_days: int,
    notes: str,
    at: datetime,
) -> Answer:
    """Reserve an asset, or say why not and what is free instead. The asset is locked meanwhile."""
    asset = Asset.objects.select_for_update().filter(asset_id=asset_id).first()
    if asset is None:
        return refusal(f"There is no asset {asset_id}.", at=at)
    if asset.reserved_until and asset.reserved_until > at:
        return refusal(
            f"{asset_id} is reserved until {asset.reserved_until:%Y-%m-%d}.", asset, at=at
        )
    reservation = Reservation.objects.create(
        reservation_id=f"RES-{secrets.token_hex(6).upper()}",
        asset=asset,
        requester_id=requester_id,
        task_id=task_id,
        notes=notes,
        created_at=at,
        valid_until=at + timedelta(days=duration_days),
    )
    asset.reserved_until = reservation.valid_until
    asset.save(update_fields=["reserved_until"])
    return _confirmation(reservation)


def refusal(reason: str, asset: Asset | None = None, *, at: datetime) -> Answer:
    """Return a 400 that names free assets, of the same kind where there is one to go by."""
    free = free_assets(at=at)
    if asset is not None:
        free = free.filter(kind=asset.kind)
    names = list(free.values_list("asset_id", flat=True)[:MAX_ALTERNATIVES])
    return Answer(400, {"error": reason, "available_alternatives": names})


def free_assets(*, at: datetime) -> QuerySet[Asset]:
    """Return what nobody has at that time, by id."""
    return Asset.objects.filter(Q(reserved_until=None) | Q(reserved_until__lte=at)).order_by(
        "asset_id"
    )


def _confirmation(reservation: Reservation) -> Answer:
    asset = reservation.asset
    details = {"name": asset.name, "kind": asset.kind, "location": asset.location}
    return Answer(
        200,
        {
            "reservation_id": reservation.reservation_id,
            "status": "confirmed",
            "asset_id": asset.asset_id,
            "task_id": reservation.task_id,
            "valid_until": reservation.valid_until.isoformat().replace("+00:00", "Z"),
            "asset_details": details,
        },
    )
