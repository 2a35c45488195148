"""HTTP: what anybody may ask without an account, and one's own password."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.accounts import links
from auth_service.accounts import services as accounts
from auth_service.accounts.api import saved
from auth_service.accounts.serializers import (
    EmailConfirmedOut,
    EmailConfirmIn,
    ForgotIn,
    PasswordChangeIn,
    ResetIn,
    UserSavedOut,
)
from auth_service.audit.actors import Actor
from auth_service.tokens import limits
from auth_service.tokens.authentication import actor
from auth_service.tokens.serializers import MessageOut
from servicekit.api import idempotent
from servicekit.api.addresses import address_of
from servicekit.auth.permissions import Anyone, SignedIn

from . import selectors, services
from .serializers import AcceptIn, InvitedOut, RegisterIn, TokenIn


class OpenView(APIView):
    """A view that reads no bearer token and counts its callers."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [Anyone]

    def admitted(self, request: Request, kind: str, *, account: str) -> Actor:
        """Return who asks, as far as is known. Raises TooOften."""
        ip_address = address_of(request._request)
        limits.admit(kind, account=account, ip_address=ip_address)
        return Actor(ip_address=ip_address)


class CheckInvitationView(OpenView):
    """POST /api/v1/invitations/check/"""

    @extend_schema(request=TokenIn, responses=InvitedOut, operation_id="invitations_check")
    def post(self, request: Request) -> Response:
        """Whom a link invites, while it is valid."""
        token = TokenIn.parse(request.data).token
        self.admitted(request, "invitation-check", account=token)
        found = selectors.open_invitation(links.digest(token), at=timezone.now())
        if found is None:
            raise links.LinkInvalid
        return Response(InvitedOut(found).data, headers={"Cache-Control": "no-store"})


class AcceptInvitationView(OpenView):
    """POST /api/v1/invitations/accept/"""

    @extend_schema(
        request=AcceptIn, responses={201: UserSavedOut}, operation_id="invitations_accept"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Make the account that a link invites to."""
        wanted = AcceptIn.parse(request.data)
        by = self.admitted(request, "invitation", account=wanted.token)
        user = services.accept(**wanted.model_dump(), by=by, at=timezone.now())
        return saved(user, "Your account is ready; sign in.", status=201)


class RegisterView(OpenView):
    """POST /register/"""

    @extend_schema(request=RegisterIn, responses={202: MessageOut}, operation_id="register")
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask for an account; it opens nothing before an administrator approves it."""
        wanted = RegisterIn.parse(request.data)
        by = self.admitted(request, "register", account=wanted.email)
        services.register(**wanted.model_dump(), by=by, at=timezone.now())
        message = "Thank you. You will get a mail about your request."
        return Response(MessageOut({"message": message}).data, status=202)


class ForgotView(OpenView):
    """POST /password/forgot/"""

    @extend_schema(request=ForgotIn, responses=MessageOut, operation_id="password_forgot")
    def post(self, request: Request) -> Response:
        """Mail a link to set a new password; the answer is the same for unknown addresses."""
        email = ForgotIn.parse(request.data).email
        by = self.admitted(request, "forgot", account=email)
        accounts.ask_for_reset(email=email, by=by, at=timezone.now())
        message = "If there is an account with this address, a mail with a link is on its way."
        return Response(MessageOut({"message": message}).data)


class ResetView(OpenView):
    """POST /password/reset/"""

    @extend_schema(request=ResetIn, responses=MessageOut, operation_id="password_reset")
    def post(self, request: Request) -> Response:
        """Set a new password with the link of a mail; every session ends."""
        wanted = ResetIn.parse(request.data)
        by = self.admitted(request, "reset", account=wanted.token)
        accounts.reset_password(
            token=wanted.token, password=wanted.password, by=by, at=timezone.now()
        )
        return Response(MessageOut({"message": "Your password was set; sign in with it."}).data)


class ConfirmEmailView(OpenView):
    """POST /email/confirm/"""

    @extend_schema(
        request=EmailConfirmIn, responses=EmailConfirmedOut, operation_id="email_confirm"
    )
    def post(self, request: Request) -> Response:
        """Use the address whose mail brought this link, from now on."""
        token = EmailConfirmIn.parse(request.data).token
        by = self.admitted(request, "email-confirm", account=token)
        user = accounts.confirm_address(token=token, by=by, at=timezone.now())
        body = {"email": user.email, "message": "Your address was changed."}
        return Response(EmailConfirmedOut(body).data)


class PasswordChangeView(APIView):
    """POST /password/change/"""

    permission_classes = [SignedIn]

    @extend_schema(request=PasswordChangeIn, responses=MessageOut, operation_id="password_change")
    def post(self, request: Request) -> Response:
        """Replace one's own password; every session ends, this one as well."""
        wanted = PasswordChangeIn.parse(request.data)
        accounts.change_password(**wanted.model_dump(), by=actor(request), at=timezone.now())
        message = "Your password was changed; sign in again."
        return Response(MessageOut({"message": message}).data)
