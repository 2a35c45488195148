"""What the simulators hold."""

from django.db.models import QuerySet

from .models import Asset, BudgetLine, Name, Simulator


def simulators() -> list[Simulator]:
    """Return all switches in a fixed order."""
    by_name = Simulator.objects.in_bulk(Name.values)
    return [by_name[name] for name in Name.values if name in by_name]


def assets() -> QuerySet[Asset]:
    """Return every asset by id."""
    return Asset.objects.order_by("asset_id")


def budget_lines() -> QuerySet[BudgetLine]:
    """Return every budget line by id."""
    return BudgetLine.objects.order_by("budget_line_id")
