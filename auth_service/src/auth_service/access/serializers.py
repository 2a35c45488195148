"""Bodies of the systems, roles and memberships endpoints."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints
from rest_framework import serializers

from servicekit.api import Input

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$", strip_whitespace=True)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Text = Annotated[str, StringConstraints(max_length=2000)]
Permissions = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(max_length=200)
]


class SystemIn(Input):
    slug: Slug
    name: Name
    description: Text = ""


class SystemReplaceIn(Input):
    name: Name
    description: Text = ""


class SystemChangeIn(Input):
    name: Name | None = None
    description: Text | None = None


class RoleQuery(Input):
    system: Annotated[str, Field(max_length=32)] = ""


class RoleIn(Input):
    system: Slug
    name: Name
    description: Text = ""
    permissions: Permissions = []
    requires_second_factor: bool = False


class RoleReplaceIn(Input):
    name: Name
    description: Text = ""
    permissions: Permissions = []
    requires_second_factor: bool | None = None


class RoleChangeIn(Input):
    name: Name | None = None
    description: Text | None = None
    permissions: Permissions | None = None
    requires_second_factor: bool | None = None


class UserRoleQuery(Input):
    system: Annotated[str, Field(max_length=32)] = ""
    user_id: Id | None = None
    role_id: Id | None = None


class UserRoleIn(Input):
    user_id: Id | None = None
    username: Annotated[
        str, Field(max_length=254, description="Or the address; instead of `user_id`.")
    ] = ""
    role_id: Id
    system: Slug


class UserRoleChangeIn(Input):
    is_active: bool


class SystemOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()


class SystemSavedOut(SystemOut):
    message = serializers.CharField()


class RoleOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    permissions = serializers.ListField(child=serializers.CharField())
    system = serializers.CharField(source="system.slug")
    requires_second_factor = serializers.BooleanField()
    is_builtin = serializers.BooleanField()
    members = serializers.IntegerField(help_text="Who holds it, suspended memberships included.")


class RoleSavedOut(RoleOut):
    message = serializers.CharField()


class UserRoleOut(serializers.Serializer[Any]):
    assignment_id = serializers.IntegerField(source="pk")
    user_id = serializers.IntegerField()
    username = serializers.CharField(source="user.username")
    full_name = serializers.CharField(source="user.full_name")
    role_id = serializers.IntegerField()
    role_name = serializers.CharField(source="role.name")
    system = serializers.CharField(source="role.system.slug")
    assigned_at = serializers.DateTimeField()
    is_active = serializers.BooleanField()


class UserRoleSavedOut(UserRoleOut):
    message = serializers.CharField()
