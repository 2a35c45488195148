"""What the simulators take and give."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator
from rest_framework import serializers

from servicekit.api import Input

from .models import Mode, Name


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short(max_length: int, *, min_length: int = 1) -> Any:
    return Field(min_length=min_length, max_length=max_length)


Reference = Annotated[str, BeforeValidator(_text), _short(100)]  # a number is as good as a text


class ReserveIn(Input):
    asset_id: Annotated[str, _short(64)]
    requester_id: Reference
    task_id: Reference
    duration_days: Annotated[int, Field(ge=1, le=365)]
    notes: Annotated[str, _short(2000, min_length=0)] = ""


class BudgetIn(Input):
    department: Annotated[str, _short(100)]
    amount: Annotated[Decimal, Field(gt=0, le=1_000_000_000, max_digits=12, decimal_places=2)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    category: Annotated[str, _short(100, min_length=0)] = ""
    requester_id: Reference
    justification: Annotated[str, _short(2000, min_length=0)] = ""

    @field_validator("currency", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


class TokenIn(Input):
    """`grant_type` must be `client_credentials`; the client may come by HTTP Basic instead."""

    grant_type: str
    client_id: str = ""
    client_secret: str = ""


class ModeIn(Input):
    mode: Mode
    delay_ms: Annotated[int, Field(ge=0, le=60_000)] = 0
    remaining: Annotated[int, Field(ge=1, le=10_000)] | None = None


class SimulatorOut(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=Name.choices)
    mode = serializers.ChoiceField(choices=Mode.choices)
    delay_ms = serializers.IntegerField()
    remaining = serializers.IntegerField(allow_null=True)
    updated_at = serializers.DateTimeField()


class SimulatorSetOut(SimulatorOut):
    message = serializers.CharField()


class SimulatorsOut(serializers.Serializer[Any]):
    simulators = SimulatorOut(many=True)


class AssetOut(serializers.Serializer[Any]):
    asset_id = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    location = serializers.CharField()
    reserved_until = serializers.DateTimeField(allow_null=True)


class AssetsPageOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = AssetOut(many=True)


class BudgetLineOut(serializers.Serializer[Any]):
    budget_line_id = serializers.CharField()
    department = serializers.CharField()
    category = serializers.CharField()
    total = serializers.FloatField()
    spent = serializers.FloatField()


class BudgetLinesPageOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = BudgetLineOut(many=True)


class AssetDetailsOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    location = serializers.CharField()


class ReservedOut(serializers.Serializer[Any]):
    reservation_id = serializers.CharField()
    status = serializers.ChoiceField(choices=["confirmed"])
    asset_id = serializers.CharField()
    task_id = serializers.CharField()
    valid_until = serializers.DateTimeField()
    asset_details = AssetDetailsOut()


class NotReservedOut(serializers.Serializer[Any]):
    error = serializers.CharField()
    available_alternatives = serializers.ListField(child=serializers.CharField())


class BudgetOut(serializers.Serializer[Any]):
    """The first five fields come with a yes, the last three with a no."""

    approved = serializers.BooleanField()
    budget_line_id = serializers.CharField(required=False)
    remaining_balance = serializers.FloatField(required=False)
    currency = serializers.CharField(required=False)
    approval_id = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    available_amount = serializers.FloatField(required=False)
    rejection_code = serializers.CharField(required=False)


class TokenOut(serializers.Serializer[Any]):
    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField()


class ForeignErrorOut(serializers.Serializer[Any]):
    error = serializers.CharField()
