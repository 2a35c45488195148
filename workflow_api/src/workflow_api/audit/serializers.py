"""The trail on the wire."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from drf_spectacular.utils import extend_schema_field
from pydantic import AfterValidator, BeforeValidator, Field
from rest_framework import serializers

from servicekit.api import Input
from workflow_api.audit.models import AuditRow


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


Start = Annotated[datetime, BeforeValidator(_first_instant), AfterValidator(_aware)]
End = Annotated[datetime, BeforeValidator(_last_instant), AfterValidator(_aware)]


class AuditQuery(Input):
    """What narrows the trail; dates are days or instants, both ends included."""

    task_id: Annotated[str, Field(max_length=40)] = ""
    user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    action: Annotated[str, Field(max_length=60)] = ""
    start_date: Start | None = None
    end_date: End | None = None


class VerifyQuery(Input):
    """Which chain to check; all of them unless told."""

    task_id: Annotated[str, Field(max_length=40)] = ""
    subject: Annotated[str, Field(max_length=80)] = ""


class ChangeOut(serializers.Serializer[Any]):
    """What changed; some actions add fields of their own."""

    field = serializers.CharField()
    old_value = serializers.JSONField(allow_null=True)
    new_value = serializers.JSONField(allow_null=True)


class AuditOut(serializers.Serializer[Any]):
    """One row of the trail."""

    id = serializers.IntegerField()
    timestamp = serializers.DateTimeField(source="at")
    user = serializers.CharField(source="user_name")
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


class AlterationOut(serializers.Serializer[Any]):
    """The first row that is not as it was written."""

    subject = serializers.CharField()
    seq = serializers.IntegerField()
    reason = serializers.CharField()


class VerificationOut(serializers.Serializer[Any]):
    """Whether the trail is whole, and how many rows were checked."""

    valid = serializers.BooleanField()
    checked = serializers.IntegerField()
    first_altered = AlterationOut(allow_null=True)
