"""Bodies of the token endpoints."""

from typing import Annotated

from pydantic import Field, StringConstraints
from rest_framework import serializers

from servicekit.api import Input

Secret = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1024)]


class SignInIn(Input):
    username: Annotated[str, Field(min_length=1, max_length=254, description="Name or e-mail.")]
    password: Secret


class RefreshIn(Input):
    refresh: Annotated[Secret | None, Field(description="Left out by browsers (cookie).")] = None


class VerifyIn(Input):
    token: Annotated[str, Field(min_length=1, max_length=16_384)]


class TokensOut(serializers.Serializer[object]):
    access = serializers.CharField()
    refresh = serializers.CharField(source="refresh.token")


class AccessOut(serializers.Serializer[object]):
    access = serializers.CharField()


class RefreshedOut(serializers.Serializer[object]):
    access = serializers.CharField()
    refresh = serializers.CharField(required=False, help_text="Not for cookie clients.")


class VerifiedOut(serializers.Serializer[object]):
    valid = serializers.BooleanField()
    user_id = serializers.IntegerField()
    username = serializers.CharField()
    expires_at = serializers.DateTimeField()


class KeyOut(serializers.Serializer[object]):
    kty = serializers.CharField()
    use = serializers.CharField()
    alg = serializers.CharField()
    kid = serializers.CharField()
    n = serializers.CharField()
    e = serializers.CharField()


class KeysOut(serializers.Serializer[object]):
    keys = KeyOut(many=True)


class MessageOut(serializers.Serializer[object]):
    message = serializers.CharField()
