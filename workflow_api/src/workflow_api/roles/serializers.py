"""Roles on the wire."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field, field_validator
from rest_framework import serializers

from servicekit.api import Input
from workflow_api.roles.models import Availability, Member


class RolesQuery(Input):
    """What narrows the list of roles."""

    system: str = ""
    search: str = ""
    is_active: bool | None = None


class RoleOut(serializers.Serializer[Any]):
    """A role of the replica; `member_count` counts who may be given its work."""

    role_id = serializers.IntegerField()
    name = serializers.CharField()
    system = serializers.CharField()
    description = serializers.CharField()
    is_active = serializers.BooleanField()
    member_count = serializers.IntegerField()


class MemberOut(serializers.Serializer[Any]):
    """Somebody who may be given work of a role."""

    user_id = serializers.IntegerField(source="person_id")
    username = serializers.CharField(source="person.username")
    full_name = serializers.CharField(source="person.full_name")
    email = serializers.CharField(source="person.email")
    is_absent = serializers.SerializerMethodField()
    absent_until = serializers.DateTimeField(
        source="person.availability.absent_until", default=None, allow_null=True
    )
    substitute_id = serializers.IntegerField(
        source="person.availability.substitute_id", default=None, allow_null=True
    )
    max_open_tasks = serializers.IntegerField(
        source="person.availability.max_open_tasks", default=None, allow_null=True
    )

    def get_is_absent(self, member: Member) -> bool:
        row = getattr(member.person, "availability", None)
        return row is not None and row.is_absent(self.context["at"])


class AvailabilityIn(Input):
    """What changes of when somebody can be given work; what is not named stays."""

    absent_from: datetime | None = None
    absent_until: datetime | None = None
    substitute_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    calendar_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = Field(
        None, description="Working hours; null is day and night."
    )
    max_open_tasks: Annotated[int, Field(ge=0, le=1000)] | None = Field(
        None, description="How many open tasks the person is given at most; null is no limit."
    )

    @field_validator("absent_from", "absent_until")
    @classmethod
    def _has_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value

    def values(self) -> dict[str, Any]:
        """Return what was named."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class AvailabilityOut(serializers.Serializer[Any]):
    """When somebody can be given work."""

    user_id = serializers.IntegerField(source="person_id")
    absent_from = serializers.DateTimeField(allow_null=True)
    absent_until = serializers.DateTimeField(allow_null=True)
    is_absent = serializers.SerializerMethodField()
    substitute_id = serializers.IntegerField(allow_null=True)
    calendar_id = serializers.IntegerField(allow_null=True)
    max_open_tasks = serializers.IntegerField(allow_null=True)

    def get_is_absent(self, row: Availability) -> bool:
        return row.is_absent(self.context["at"])


class AvailabilitySavedOut(AvailabilityOut):
    """Somebody's availability after a change."""

    message = serializers.CharField()
