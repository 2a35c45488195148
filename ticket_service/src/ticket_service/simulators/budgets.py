"""The simulated BMS: may a department spend this much on that."""

import secrets
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When

from .answers import Answer
from .catalogue import USD_PER_UNIT
from .models import Approval, BudgetLine

CENT = Decimal("0.01")


@transaction.atomic
def check(
    *,
    department: str,
    amount: Decimal,
    currency: str,
    category: str,
    requester_id: str,
    justification: str,
    at: datetime,
) -> Answer:
    """Set the money aside, or say why not. The budget line is locked meanwhile."""
    rate = USD_PER_UNIT.get(currency)
    if rate is None:
        return refusal(f"Budgets are not kept in {currency}.", code="CURRENCY_NOT_SUPPORTED")
    line = _line(department, category)
    if line is None:
        return refusal(f"{department} has no budget.", code="NO_BUDGET_LINE")
    price = (amount * rate).quantize(CENT, ROUND_UP)
    left = line.total - line.spent
    if price > left:
        return refusal(
            f"{line.budget_line_id} does not cover {amount} {currency}.",
            code="INSUFFICIENT_FUNDS",
            available=_in(currency, left),
        )
    return _approve(
        line,
        Approval(
            approval_id=f"APR-{secrets.token_hex(6).upper()}",
            line=line,
            amount=price,
            requester_id=requester_id,
            justification=justification,
            created_at=at,
        ),
        currency=currency,
    )


def refusal(reason: str, *, code: str, available: float = 0.0) -> Answer:
    """Return a 200 that says no; money is a JSON number in the currency of the request."""
    return Answer(
        200,
        {
            "approved": False,
            "reason": reason,
            "available_amount": available,
            "rejection_code": code,
        },
    )


def _approve(line: BudgetLine, approval: Approval, *, currency: str) -> Answer:
    line.spent += approval.amount
    line.save(update_fields=["spent"])
    approval.save(force_insert=True)
    return Answer(
        200,
        {
            "approved": True,
            "budget_line_id": line.budget_line_id,
            "remaining_balance": _in(currency, line.total - line.spent),
            "currency": currency,
            "approval_id": approval.approval_id,
        },
    )


def _in(currency: str, usd: Decimal) -> float:
    return float((usd / USD_PER_UNIT[currency]).quantize(CENT, ROUND_DOWN))


def _line(department: str, category: str) -> BudgetLine | None:
    """Return the department's line for the category, or its general one."""
    exact = Q(category__iexact=category)
    return (
        BudgetLine.objects.select_for_update()
        .filter(exact | Q(category="General"), department__iexact=department)
        .order_by(Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField()))
        .first()
    )
