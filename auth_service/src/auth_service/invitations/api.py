"""HTTP: invitations and registrations as administrators see them."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.access.permissions import AdministersSomething
from auth_service.accounts.permissions import AdministersPeople
from auth_service.openapi import Pages
from auth_service.tokens.authentication import actor
from servicekit.api import idempotent, paginate

from . import selectors, services
from .models import Invitation, Registration
from .serializers import (
    ApproveIn,
    InvitationIn,
    InvitationOut,
    InvitationQuery,
    InvitationSavedOut,
    RegistrationOut,
    RegistrationQuery,
    RegistrationSavedOut,
    RejectIn,
)

INVITATION_STATE = OpenApiParameter("state", str, enum=list(Invitation.State.values))
REGISTRATION_STATE = OpenApiParameter("state", str, enum=list(Registration.State.values))


class InvitationsView(APIView):
    """/api/v1/invitations/"""

    pagination_class = Pages
    permission_classes = [AdministersSomething]

    @extend_schema(
        parameters=[INVITATION_STATE],
        responses=InvitationOut(many=True),
        operation_id="invitations_list",
    )
    def get(self, request: Request) -> Response:
        """The invitations into the systems that the caller administers, the latest first."""
        wanted = InvitationQuery.parse(request.query_params)
        found = selectors.invitations(by=actor(request), at=timezone.now(), state=wanted.state)
        return paginate(request, found, InvitationOut)

    @extend_schema(
        request=InvitationIn,
        responses={201: InvitationSavedOut},
        operation_id="invitations_create",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Mail somebody a one-time link to an account with these roles."""
        wanted = InvitationIn.parse(request.data)
        invitation = services.invite(**wanted.model_dump(), by=actor(request), at=timezone.now())
        return _saved(invitation, "The invitation was sent.", status=201)


class InvitationView(APIView):
    """/api/v1/invitations/{invitation_id}/"""

    permission_classes = [AdministersSomething]

    @extend_schema(responses=InvitationOut, operation_id="invitations_read")
    def get(self, request: Request, invitation_id: int) -> Response:
        """One invitation."""
        found = selectors.invitation(invitation_id, by=actor(request), at=timezone.now())
        return Response(InvitationOut(found).data)

    @extend_schema(responses={204: None}, operation_id="invitations_revoke")
    def delete(self, request: Request, invitation_id: int) -> Response:
        """Revoke an invitation: its link opens nothing any more."""
        services.revoke(invitation_id=invitation_id, by=actor(request), at=timezone.now())
        return Response(status=204)


class ResendView(APIView):
    """POST /api/v1/invitations/{invitation_id}/resend/"""

    permission_classes = [AdministersSomething]

    @extend_schema(request=None, responses=InvitationSavedOut, operation_id="invitations_resend")
    @idempotent
    def post(self, request: Request, invitation_id: int) -> Response:
        """Send a new link; the old one is dead."""
        by, at = actor(request), timezone.now()
        invitation = services.resend(invitation_id=invitation_id, by=by, at=at)
        return _saved(invitation, "The invitation was sent again.")


class RegistrationsView(APIView):
    """GET /api/v1/registrations/"""

    pagination_class = Pages
    permission_classes = [AdministersPeople]

    @extend_schema(
        parameters=[REGISTRATION_STATE],
        responses=RegistrationOut(many=True),
        operation_id="registrations_list",
    )
    def get(self, request: Request) -> Response:
        """Those who asked for an account, the latest first."""
        wanted = RegistrationQuery.parse(request.query_params)
        return paginate(request, selectors.registrations(state=wanted.state), RegistrationOut)


class ApproveView(APIView):
    """POST /api/v1/registrations/{registration_id}/approve/"""

    permission_classes = [AdministersPeople]

    @extend_schema(
        request=ApproveIn, responses=RegistrationSavedOut, operation_id="registrations_approve"
    )
    @idempotent
    def post(self, request: Request, registration_id: int) -> Response:
        """Make the account, with roles of the systems that the caller administers."""
        wanted = ApproveIn.parse(request.data)
        row = services.approve(
            registration_id=registration_id,
            role_ids=wanted.role_ids,
            by=actor(request),
            at=timezone.now(),
        )
        body = RegistrationOut(row).data | {"message": "The account was created."}
        return Response(body)


class RejectView(APIView):
    """POST /api/v1/registrations/{registration_id}/reject/"""

    permission_classes = [AdministersPeople]

    @extend_schema(
        request=RejectIn, responses=RegistrationSavedOut, operation_id="registrations_reject"
    )
    def post(self, request: Request, registration_id: int) -> Response:
        """Decline a request; its sender gets a mail with the reason."""
        wanted = RejectIn.parse(request.data)
        row = services.reject(
            registration_id=registration_id,
            reason=wanted.reason,
            by=actor(request),
            at=timezone.now(),
        )
        body = RegistrationOut(row).data | {"message": "The registration was rejected."}
        return Response(body)


def _saved(invitation: Invitation, message: str, *, status: int = 200) -> Response:
    body = InvitationOut(invitation).data | {"message": message}
    return Response(body, status=status)
