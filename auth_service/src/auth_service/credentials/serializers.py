"""Bodies of the credentials' endpoints."""

from typing import Annotated, Any, Literal, get_args

from pydantic import AwareDatetime, Field, StringConstraints
from rest_framework import serializers

from servicekit.api import Input

Audience = Literal[
    "workflow_api", "messaging_service", "notification_service", "ticket_service", "auth_service"
]
Scope = Literal[
    "users:read",
    "roles:read",
    "tasks:read",
    "tickets:read",
    "workflows:read",
    "audit:read",
    "notifications:send",
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=20)]
Shown = Annotated[str, StringConstraints(min_length=1, max_length=200)]
AUDIENCES = get_args(Audience)


class ApiKeyIn(Input):
    name: Name
    scopes: Scopes
    expires_at: AwareDatetime | None = None


class ServiceClientIn(Input):
    name: Name
    audiences: Annotated[list[Audience], Field(min_length=1, max_length=10)]
    scopes: Scopes
    expires_at: AwareDatetime | None = None


class RotateIn(Input):
    grace_hours: Annotated[
        int, Field(ge=0, le=168, description="How long the old one is good.")
    ] = 24


class ServiceTokenIn(Input):
    client_id: Annotated[Shown | None, Field(description="Or HTTP Basic, or `X-API-Key`.")] = None
    client_secret: Shown | None = None
    audience: Audience
    scopes: Scopes | None = None


class CredentialOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    created_by = serializers.CharField(source="created_by.username", default="")


class ApiKeyOut(CredentialOut):
    prefix = serializers.CharField(source="public_id", help_text="How the key begins.")


class ApiKeySavedOut(ApiKeyOut):
    key = serializers.CharField(help_text="Shown this once.")
    message = serializers.CharField()


class ServiceClientOut(CredentialOut):
    client_id = serializers.CharField(source="public_id")
    audiences = serializers.ListField(child=serializers.CharField())


class ServiceClientSavedOut(ServiceClientOut):
    client_secret = serializers.CharField(help_text="Shown this once.")
    message = serializers.CharField()


class ServiceTokenOut(serializers.Serializer[Any]):
    access = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
