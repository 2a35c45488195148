"""HTTP: one's own sessions, and proving once more who one is."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.openapi import Pages
from auth_service.second_factor.api import person
from auth_service.second_factor.services import reauthenticate
from servicekit.api import paginate
from servicekit.auth import caller
from servicekit.auth.permissions import SignedIn

from . import cookies, selectors, services
from .authentication import actor, session_id
from .serializers import EndedOut, ProvedOut, ReauthenticateIn, SessionOut


class SessionsView(APIView):
    """/api/v1/sessions/"""

    pagination_class = Pages
    permission_classes = [SignedIn]

    @extend_schema(responses=SessionOut(many=True), operation_id="sessions_list")
    def get(self, request: Request) -> Response:
        """Where one is signed in, the latest used first."""
        who = caller(request)
        found = selectors.sessions_of(who.user_id, current=who.session_id, at=timezone.now())
        return paginate(request, found, SessionOut)


class SessionView(APIView):
    """/api/v1/sessions/{session}/"""

    permission_classes = [SignedIn]

    @extend_schema(responses={204: None}, operation_id="sessions_end")
    def delete(self, request: Request, session: UUID) -> Response:
        """End one of one's own sessions, at once and everywhere."""
        services.end_own_session(session_id=session, by=actor(request), at=timezone.now())
        return Response(status=204)


class EndOthersView(APIView):
    """/api/v1/sessions/end-others/"""

    permission_classes = [SignedIn]

    @extend_schema(request=None, responses=EndedOut, operation_id="sessions_end_others")
    def post(self, request: Request) -> Response:
        """End every session but this one."""
        kept = session_id(caller(request))
        ended = services.end_other_sessions(kept=kept, by=actor(request), at=timezone.now())
        return _ended(ended)


class EndAllView(APIView):
    """/api/v1/sessions/end-all/"""

    permission_classes = [SignedIn]

    @extend_schema(request=None, responses=EndedOut, operation_id="sessions_end_all")
    def post(self, request: Request) -> Response:
        """End every session, this one included."""
        ended = services.end_own_sessions(by=actor(request), at=timezone.now())
        response = _ended(ended)
        cookies.clear_refresh(response, request=request._request)
        return response


class ReauthenticateView(APIView):
    """/api/v1/reauthenticate/"""

    permission_classes = [SignedIn]

    @extend_schema(request=ReauthenticateIn, responses=ProvedOut, operation_id="reauthenticate")
    def post(self, request: Request) -> Response:
        """Show the password once more, and the second factor; that counts for 15 minutes.

        Without the code of a factor that is on: 401 `OTP_REQUIRED` with its `method`; where codes
        come by mail, one is on its way then.
        """
        wanted = ReauthenticateIn.parse(request.data)
        until = reauthenticate(person=person(request), **wanted.model_dump(), at=timezone.now())
        return Response(ProvedOut({"valid_until": until}).data)


def _ended(ended: int) -> Response:
    sentence = "One session was ended." if ended == 1 else f"{ended} sessions were ended."
    return Response(EndedOut({"ended": ended, "message": sentence}).data)
