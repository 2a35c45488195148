"""Bodies of invitations, registrations and the endpoints for forgotten passwords."""

from typing import Annotated, Any, Literal

from pydantic import Field
from rest_framework import serializers

from auth_service.accounts.fields import (
    Email,
    Password,
    PersonName,
    Reason,
    Token,
    Username,
)
from servicekit.api import Input

RoleIds = Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=50)]


class InvitationQuery(Input):
    state: Literal["", "pending", "accepted", "revoked", "expired"] = ""


class InvitationIn(Input):
    email: Email
    first_name: PersonName = ""
    last_name: PersonName = ""
    role_ids: RoleIds = []


class TokenIn(Input):
    token: Token


class AcceptIn(Input):
    token: Token
    username: Username
    password: Password
    first_name: PersonName | None = None
    last_name: PersonName | None = None


class RegisterIn(Input):
    username: Username
    email: Email
    password: Password
    first_name: PersonName = ""
    last_name: PersonName = ""


class RegistrationQuery(Input):
    state: Literal["", "pending", "approved", "rejected"] = ""


class ApproveIn(Input):
    role_ids: RoleIds = []


class RejectIn(Input):
    reason: Reason = ""


class InvitedRoleOut(serializers.Serializer[Any]):
    system = serializers.CharField(source="system.slug")
    role_id = serializers.IntegerField(source="id")
    role_name = serializers.CharField(source="name")


class InvitationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    roles = InvitedRoleOut(many=True)
    state = serializers.CharField(
        source="state_now", help_text="pending, accepted, revoked or expired"
    )
    invited_by = serializers.CharField(source="invited_by.username")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationSavedOut(InvitationOut):
    message = serializers.CharField()


class InvitedOut(serializers.Serializer[Any]):
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    expires_at = serializers.DateTimeField()


class RegistrationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    state = serializers.CharField(help_text="pending, approved or rejected")
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by.username", allow_null=True, default=None)


class RegistrationSavedOut(RegistrationOut):
    message = serializers.CharField()
