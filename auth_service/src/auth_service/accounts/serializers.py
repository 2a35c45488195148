"""Bodies of the people endpoints."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field
from rest_framework import serializers

from servicekit.api import Input

from .fields import (
    Email,
    Language,
    Password,
    PersonName,
    Phone,
    Reason,
    TimeZone,
    Token,
    Username,
)


class UserQuery(Input):
    search: Annotated[str, Field(max_length=200)] = ""
    is_active: bool | None = None
    system: Annotated[str, Field(max_length=32)] = ""
    role_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None


class UserCreateIn(Input):
    username: Username
    email: Email
    first_name: PersonName = ""
    last_name: PersonName = ""
    phone: Phone = ""
    time_zone: TimeZone = "UTC"
    language: Language = "en"
    password: Annotated[
        Password | None, Field(description="Left out: nobody can sign in before one is set.")
    ] = None


class UserReplaceIn(Input):
    """Every field of a person; whether they may sign in changes only where it is said."""

    username: Username
    email: Email
    first_name: PersonName = ""
    last_name: PersonName = ""
    phone: Phone = ""
    time_zone: TimeZone = "UTC"
    language: Language = "en"
    is_active: bool | None = None


class UserChangeIn(Input):
    username: Username | None = None
    email: Email | None = None
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Phone | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    is_active: bool | None = None


class ProfileIn(Input):
    """What people change about themselves; anything else is named and refused."""

    model_config = ConfigDict(extra="forbid")

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Phone | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    email: Annotated[
        Email | None,
        Field(description="A new one needs `current_password` and is used once confirmed."),
    ] = None
    current_password: Password | None = None


class ReasonIn(Input):
    reason: Reason = ""


class ForgotIn(Input):
    email: Email


class ResetIn(Input):
    token: Token
    password: Password


class PasswordChangeIn(Input):
    current_password: Password
    new_password: Password


class ImportQuery(Input):
    dry_run: bool = True


class UserOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    is_active = serializers.BooleanField()
    date_joined = serializers.DateTimeField()


class HeldRoleOut(serializers.Serializer[Any]):
    system = serializers.CharField(source="role.system.slug")
    role_name = serializers.CharField(source="role.name")
    role_id = serializers.IntegerField()


class UserDetailOut(UserOut):
    phone = serializers.CharField()
    time_zone = serializers.CharField()
    language = serializers.CharField()
    picture = serializers.CharField(allow_null=True)
    roles = HeldRoleOut(source="held", many=True)
    last_login = serializers.DateTimeField(allow_null=True)


class UserSavedOut(UserDetailOut):
    message = serializers.CharField()


class MeOut(UserDetailOut):
    pending_email = serializers.CharField(
        allow_null=True, help_text="The address that waits for its mail to be answered."
    )


class MeSavedOut(MeOut):
    message = serializers.CharField()


class EmailConfirmIn(Input):
    token: Token


class EmailConfirmedOut(serializers.Serializer[Any]):
    email = serializers.EmailField()
    message = serializers.CharField()


class FileIn(serializers.Serializer[Any]):
    file = serializers.FileField()


class ImportedRowOut(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    username = serializers.CharField()
    action = serializers.ChoiceField(choices=["created", "updated", "unchanged"])


class ImportFaultOut(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    field = serializers.CharField()
    message = serializers.CharField()


class ImportOut(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    rows = ImportedRowOut(many=True)
    errors = ImportFaultOut(many=True)  # type: ignore[assignment]  # a field, not the property
