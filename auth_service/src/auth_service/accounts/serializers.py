"""Bodies of the people endpoints."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, Field, StringConstraints
from rest_framework import serializers

from servicekit.api import Input


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as fault:
        raise ValueError("Enter a valid e-mail address.") from fault
    return address


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("Control characters are not allowed.")
    return text


Username = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=254),
    AfterValidator(_email),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=150),
    AfterValidator(_one_line),
]
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=256)]


class UserQuery(Input):
    search: Annotated[str, Field(max_length=200)] = ""
    is_active: bool | None = None


class UserCreateIn(Input):
    username: Username
    email: Email
    first_name: PersonName = ""
    last_name: PersonName = ""
    password: Annotated[
        Password | None, Field(description="Left out: nobody can sign in before one is set.")
    ] = None


class UserReplaceIn(Input):
    username: Username
    email: Email
    first_name: PersonName = ""
    last_name: PersonName = ""
    is_active: bool = True


class UserChangeIn(Input):
    username: Username | None = None
    email: Email | None = None
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    is_active: bool | None = None


class ProfileIn(Input):
    first_name: PersonName | None = None
    last_name: PersonName | None = None


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
    roles = HeldRoleOut(source="held", many=True)
    last_login = serializers.DateTimeField(allow_null=True)


class UserSavedOut(UserDetailOut):
    message = serializers.CharField()
