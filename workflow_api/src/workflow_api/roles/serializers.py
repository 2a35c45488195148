"""Roles on the wire."""

from typing import Any

from rest_framework import serializers

from servicekit.api import Input


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
