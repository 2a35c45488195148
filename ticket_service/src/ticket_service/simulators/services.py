"""The switches of the simulators, and their return to the first day."""

from datetime import datetime

from django.db import transaction

from . import catalogue
from .models import Approval, Asset, BudgetLine, KeptAnswer, Mode, Name, Reservation, Simulator


@transaction.atomic
def set_mode(
    *, name: str, mode: str, at: datetime, delay_ms: int = 0, remaining: int | None = None
) -> Simulator:
    """Let a simulator misbehave from now on, or for the next `remaining` calls only."""
    switch, _ = Simulator.objects.update_or_create(
        name=name,
        defaults={
            "mode": mode,
            "delay_ms": delay_ms,
            "remaining": remaining,
            "updated_at": at,
        },
    )
    return switch


@transaction.atomic
def next_call(*, name: str, at: datetime) -> Simulator:
    """Return how to behave for one call and count it. The switch is locked meanwhile."""
    switch = Simulator.objects.select_for_update().filter(name=name).first()
    if switch is None or switch.remaining is None:
        return switch or Simulator(name=name, updated_at=at)
    if switch.remaining == 0:
        return set_mode(name=name, mode=Mode.NORMAL, at=at)
    switch.remaining -= 1
    switch.save(update_fields=["remaining"])
    return switch


@transaction.atomic
def reset(*, at: datetime) -> None:
    """Forget every reservation, approval and kept answer, and behave."""
    for model in (Reservation, Approval, KeptAnswer, Asset, BudgetLine):
        model.objects.all().delete()
    Asset.objects.bulk_create(Asset(**row) for row in catalogue.asset_rows())
    BudgetLine.objects.bulk_create(BudgetLine(**row) for row in catalogue.budget_rows())
    for name in Name.values:
        set_mode(name=name, mode=Mode.NORMAL, at=at)
