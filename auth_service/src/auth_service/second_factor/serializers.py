"""Bodies of the second factor's endpoints."""

from typing import Annotated

from pydantic import StringConstraints
from rest_framework import serializers

from servicekit.api import Input

Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1024)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=32)]


class PasswordIn(Input):
    password: Password


class PasswordAndCodeIn(PasswordIn):
    code: Code


class StatusOut(serializers.Serializer[object]):
    method = serializers.ChoiceField(choices=["none", "totp", "email"])
    required = serializers.BooleanField(  # type: ignore[assignment]  # the contract's word
        help_text="A role of yours demands a second factor."
    )
    recovery_codes_left = serializers.IntegerField()
    enabled_at = serializers.DateTimeField(allow_null=True)


class StatusSavedOut(StatusOut):
    message = serializers.CharField()


class TotpSetupOut(serializers.Serializer[object]):
    secret = serializers.CharField(help_text="Base32; shown this once.")
    otpauth_uri = serializers.CharField()
    qr_svg = serializers.CharField(help_text="The same as an SVG element.")


class RecoveryCodesOut(StatusSavedOut):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(), help_text="Each is good once; shown this once."
    )


class SentOut(serializers.Serializer[object]):
    message = serializers.CharField()
