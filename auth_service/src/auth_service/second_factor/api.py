"""HTTP: one's own second factor. Every write asks for the password."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.tokens.authentication import client, session_id
from servicekit.auth import caller
from servicekit.auth.permissions import SignedIn

from . import selectors, services
from .serializers import (
    PasswordAndCodeIn,
    PasswordIn,
    RecoveryCodesOut,
    SentOut,
    StatusOut,
    StatusSavedOut,
    TotpSetupOut,
)

NEVER_STORED = {"Cache-Control": "no-store"}


class OwnFactorView(APIView):
    """A view that is open to those who must set up a second factor first."""

    open_to_limited = True
    permission_classes = [SignedIn]


class StatusView(OwnFactorView):
    """/api/v1/2fa/"""

    @extend_schema(responses=StatusOut, operation_id="second_factor_read")
    def get(self, request: Request) -> Response:
        """What is switched on, and whether a role demands it."""
        return Response(StatusOut(selectors.status(caller(request).user_id)).data)


class TotpSetupView(OwnFactorView):
    """/api/v1/2fa/totp/setup/"""

    @extend_schema(request=PasswordIn, responses=TotpSetupOut, operation_id="totp_setup")
    def post(self, request: Request) -> Response:
        """A new secret for an authenticator app, with its QR code."""
        wanted = PasswordIn.parse(request.data)
        setup = services.set_up_totp(
            person=person(request), password=wanted.password, at=timezone.now()
        )
        return Response(TotpSetupOut(setup).data, headers=NEVER_STORED)


class TotpEnableView(OwnFactorView):
    """/api/v1/2fa/totp/enable/"""

    @extend_schema(
        request=PasswordAndCodeIn, responses=RecoveryCodesOut, operation_id="totp_enable"
    )
    def post(self, request: Request) -> Response:
        """Switch the app on with a first code of it; the answer has the recovery codes."""
        wanted = PasswordAndCodeIn.parse(request.data)
        codes = services.enable_totp(
            person=person(request), **wanted.model_dump(), at=timezone.now()
        )
        return _with_codes(request, codes, "The authenticator app is switched on; refresh.")


class EmailSetupView(OwnFactorView):
    """/api/v1/2fa/email/setup/"""

    @extend_schema(request=PasswordIn, responses=SentOut, operation_id="email_otp_setup")
    def post(self, request: Request) -> Response:
        """Mail a code, for switching codes by mail on, or for the other steps once they are on."""
        wanted = PasswordIn.parse(request.data)
        services.mail_code(person=person(request), password=wanted.password, at=timezone.now())
        return Response(SentOut({"message": "A code is on its way."}).data)


class EmailEnableView(OwnFactorView):
    """/api/v1/2fa/email/enable/"""

    @extend_schema(
        request=PasswordAndCodeIn, responses=RecoveryCodesOut, operation_id="email_otp_enable"
    )
    def post(self, request: Request) -> Response:
        """Switch codes by mail on with the one that came; the answer has the recovery codes."""
        wanted = PasswordAndCodeIn.parse(request.data)
        codes = services.enable_email(
            person=person(request), **wanted.model_dump(), at=timezone.now()
        )
        return _with_codes(request, codes, "Codes by mail are switched on; refresh.")


class DisableView(OwnFactorView):
    """/api/v1/2fa/disable/"""

    @extend_schema(
        request=PasswordAndCodeIn, responses=StatusSavedOut, operation_id="second_factor_disable"
    )
    def post(self, request: Request) -> Response:
        """Switch the second factor off with password and code; access tokens must be refreshed."""
        wanted = PasswordAndCodeIn.parse(request.data)
        services.disable(person=person(request), **wanted.model_dump(), at=timezone.now())
        status = StatusOut(selectors.status(caller(request).user_id)).data
        return Response(status | {"message": "The second factor is switched off."})


class RecoveryCodesView(OwnFactorView):
    """/api/v1/2fa/recovery-codes/"""

    @extend_schema(
        request=PasswordAndCodeIn, responses=RecoveryCodesOut, operation_id="recovery_codes_renew"
    )
    def post(self, request: Request) -> Response:
        """Ten new recovery codes; the old ones are void."""
        wanted = PasswordAndCodeIn.parse(request.data)
        codes = services.renew_recovery_codes(
            person=person(request), **wanted.model_dump(), at=timezone.now()
        )
        return _with_codes(request, codes, "These replace the recovery codes of before.")


def person(request: Request) -> services.Person:
    """Return whose second factor it is, and in which session they ask."""
    who = caller(request)
    return services.Person(
        user_id=who.user_id, session_id=session_id(who), client=client(request._request)
    )


def _with_codes(request: Request, codes: list[str], message: str) -> Response:
    status = StatusOut(selectors.status(caller(request).user_id)).data
    body = status | {"recovery_codes": codes, "message": message}
    return Response(body, headers=NEVER_STORED)
