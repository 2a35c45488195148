"""What the simulated asset store and the simulated budgets hold at first. Pure data."""

from decimal import Decimal
from typing import NamedTuple


class AssetLine(NamedTuple):
    """One model of a thing that can be lent, and how many of it there are."""

    prefix: str
    kind: str
    name: str
    location: str
    pieces: int


class Budget(NamedTuple):
    """What a department may spend on one category, in USD."""

    department: str
    category: str
    total: Decimal


ASSETS = (
    AssetLine("LAPTOP", "Laptop", "ThinkPad T14, 32 GB", "Store A, shelf 1", 6),
    AssetLine("PROJECTOR", "Projector", "Epson EB-L210W", "Store A, shelf 4", 3),
    AssetLine("CAMERA", "Camera", "Canon EOS R8, 24-50 mm", "Store B, locker 2", 2),
    AssetLine("PHONE", "Phone", "Pixel 9, test device", "Store B, locker 5", 4),
    AssetLine("MONITOR", "Monitor", "Dell U2724DE", "Store A, shelf 2", 5),
)

_SHARES = {
    "Equipment": Decimal("40000"),
    "Training": Decimal("15000"),
    "Travel": Decimal("20000"),
    "Software": Decimal("30000"),
    "General": Decimal("10000"),
}

_DEPARTMENTS = (
    "Engineering",
    "Finance",
    "Human Resources",
    "IT Support",
    "Legal",
    "Marketing",
    "Operations",
    "Sales",
)

BUDGETS = tuple(
    Budget(department, category, total)
    for department in _DEPARTMENTS
    for category, total in _SHARES.items()
)

USD_PER_UNIT = {
    "USD": Decimal("1"),
    "EUR": Decimal("1.10"),
    "GBP": Decimal("1.25"),
    "CHF": Decimal("1.15"),
    "JPY": Decimal("0.0065"),
    "PHP": Decimal("0.0175"),
}


def asset_rows() -> list[dict[str, str]]:
    """Return the columns of every asset, `LAPTOP-001` and so on."""
    return [
        {
            "asset_id": f"{line.prefix}-{number:03}",
            "kind": line.kind,
            "name": line.name,
            "location": line.location,
        }
        for line in ASSETS
        for number in range(1, line.pieces + 1)
    ]


def budget_rows() -> list[dict[str, str | Decimal]]:
    """Return the columns of every budget line, `BL-FINANCE-TRAVEL` and so on."""
    return [
        {
            "budget_line_id": f"BL-{budget.department}-{budget.category}".upper().replace(" ", "-"),
            "department": budget.department,
            "category": budget.category,
            "total": budget.total,
        }
        for budget in BUDGETS
    ]
