"""Bodies of the token endpoints."""

from typing import Annotated

from pydantic import Field, StringConstraints
from rest_framework import serializers

from servicekit.api import Input

from .devices import device_name
from .models import Session

Secret = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1024)]

# Longer than any of ours: what is none is answered with 401, not with a fault of the form.
Token = Annotated[str, StringConstraints(min_length=1, max_length=16_384)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=32)]


class SignInIn(Input):
    username: Annotated[str, Field(min_length=1, max_length=254, description="Name or e-mail.")]
    password: Secret
    otp_code: Annotated[Code | None, Field(description="Saves the second step.")] = None


class OtpSessionIn(Input):
    otp_session: Annotated[str, Field(min_length=1, max_length=128)]


class OtpIn(OtpSessionIn):
    code: Annotated[Code, Field(description="Of the app, of the mail, or a recovery code.")]


class ReauthenticateIn(Input):
    password: Secret
    code: Annotated[Code | None, Field(description="Of the second factor, if one is on.")] = None


class RefreshIn(Input):
    refresh: Annotated[Token | None, Field(description="Left out by browsers (cookie).")] = None


class VerifyIn(Input):
    token: Token


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
    user_id = serializers.IntegerField(allow_null=True, help_text="Of a person.")
    client_id = serializers.CharField(help_text="Of a service client; empty for a person.")
    username = serializers.CharField()
    audience = serializers.CharField(help_text="Whom the token is for.")
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


class SessionOut(serializers.Serializer[Session]):
    id = serializers.UUIDField()
    device = serializers.SerializerMethodField(help_text="Such as `Firefox on Windows`.")
    ip_address = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()

    def get_device(self, session: Session) -> str:
        """The device in words."""
        return device_name(session.user_agent)


class EndedOut(MessageOut):
    ended = serializers.IntegerField()


class ProvedOut(serializers.Serializer[object]):
    valid_until = serializers.DateTimeField()
