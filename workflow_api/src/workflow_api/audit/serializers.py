"""The trail on the wire."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, TypeVar

from drf_spectacular.utils import extend_schema_field
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from rest_framework import serializers

from servicekit.api import Input
from workflow_api.audit import selectors
from workflow_api.audit.evidence import Alteration
from workflow_api.audit.models import AuditRow

D = TypeVar("D", date, datetime)


def _first_instant(value: object) -> object:
    return _instant_of(value, time.min)


def _last_instant(value: object) -> object:
    return _instant_of(value, time.max)


def _instant_of(value: object, at: time) -> object:
    """Read a plain date as an instant of that day in UTC."""
    try:
        return datetime.combine(date.fromisoformat(str(value)), at, tzinfo=UTC)
    except ValueError:
        return value


def _aware(value: datetime) -> datetime:
    """Read an instant without a time zone as UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _after_start(end: D | None, given: ValidationInfo) -> D | None:
    start = given.data.get("start_date")
    if start is not None and end is not None and end < start:
        raise ValueError("It comes before `start_date`.")
    return end


Start = Annotated[datetime, BeforeValidator(_first_instant), AfterValidator(_aware)]
End = Annotated[datetime, BeforeValidator(_last_instant), AfterValidator(_aware)]


class AuditQuery(Input):
    """What narrows the trail; dates are days or instants, both ends included."""

    task_id: Annotated[str, Field(max_length=40)] = ""
    user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    action: Annotated[str, Field(max_length=60)] = ""
    start_date: Start | None = None
    end_date: End | None = None
    ordering: Literal["timestamp", "-timestamp"] = "-timestamp"

    @field_validator("end_date")
    @classmethod
    def _ends_after_start(cls, value: datetime | None, given: ValidationInfo) -> datetime | None:
        return _after_start(value, given)


class VerifyQuery(Input):
    """Which chain to check, or the rows of which days in UTC; everything unless told."""

    task_id: Annotated[str, Field(max_length=40)] = ""
    subject: Annotated[str, Field(max_length=80)] = ""
    start_date: date | None = None
    end_date: date | None = Field(None, description="The last day, included.")

    @field_validator("start_date", "end_date")
    @classmethod
    def _asks_for_one_thing(cls, value: date | None, given: ValidationInfo) -> date | None:
        if value is not None and (given.data.get("task_id") or given.data.get("subject")):
            raise ValueError("A chain is checked over all its days: name a chain or days.")
        return value

    @field_validator("end_date")
    @classmethod
    def _ends_after_start(cls, value: date | None, given: ValidationInfo) -> date | None:
        return _after_start(value, given)

    @property
    def has_days(self) -> bool:
        return self.start_date is not None or self.end_date is not None


class ChangeOut(serializers.Serializer[Any]):
    """What changed; some actions add fields of their own."""

    field = serializers.CharField()
    old_value = serializers.JSONField()  # null as well
    new_value = serializers.JSONField()


class AuditOut(serializers.Serializer[Any]):
    """One row of the trail."""

    id = serializers.IntegerField()
    timestamp = serializers.DateTimeField(source="at")
    user = serializers.CharField(source="user_name")
    user_full_name = serializers.CharField(
        help_text="What they are called today; `user` for the system and who is not known."
    )
    user_id = serializers.IntegerField(allow_null=True)
    action = serializers.CharField()
    subject = serializers.CharField()
    seq = serializers.IntegerField()
    task_id = serializers.SerializerMethodField()
    details = serializers.SerializerMethodField()
    ip_address = serializers.CharField(allow_null=True)
    hash = serializers.CharField()

    def get_task_id(self, row: AuditRow) -> str | None:
        return row.task_id or None

    @extend_schema_field(ChangeOut)
    def get_details(self, row: AuditRow) -> dict[str, Any]:
        change = {"field": row.field, "old_value": row.old_value, "new_value": row.new_value}
        return {**row.details, **change}


class AnchorOut(serializers.Serializer[Any]):
    """What a day's rows were, for whoever keeps it elsewhere; the formulas are in docs/audit.md."""

    number = serializers.IntegerField()
    day = serializers.DateField()
    last_id = serializers.IntegerField()
    rows = serializers.IntegerField()
    root = serializers.CharField()  # type: ignore[assignment]  # hides Field.root, never asked for
    anchored_at = serializers.DateTimeField()
    previous_hash = serializers.CharField()
    hash = serializers.CharField()


class AlterationOut(serializers.Serializer[Any]):
    """The first row that is not as it was written; of an anchor the subject is `anchor:<day>`."""

    id = serializers.SerializerMethodField(help_text="As in the list; null for one that is gone.")
    subject = serializers.CharField()
    seq = serializers.IntegerField()
    task_id = serializers.SerializerMethodField()
    reason = serializers.CharField()

    def get_id(self, found: Alteration) -> int | None:
        return selectors.row_id(subject=found.subject, seq=found.seq)

    def get_task_id(self, found: Alteration) -> str | None:
        kind, _, name = found.subject.partition(":")
        return name if kind == "task" else None


class VerificationOut(serializers.Serializer[Any]):
    """Whether the trail is whole, and how many rows and anchors were checked."""

    valid = serializers.BooleanField()
    checked = serializers.IntegerField()
    anchors = serializers.IntegerField()
    anchored_until = serializers.DateField(allow_null=True)
    first_altered = AlterationOut(allow_null=True)
