"""The caller's own preferences."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.auth import caller

from . import selectors, services
from .serializers import PreferencesIn, PreferencesOut, SavedPreferencesOut, body_of


class PreferencesView(APIView):
    """/api/v2/preferences/"""

    @extend_schema(responses=PreferencesOut)
    def get(self, request: Request) -> Response:
        """Show what you hear of, by which channel, and when."""
        choice = selectors.preference_of(user_id=caller(request).user_id)
        return Response(PreferencesOut(body_of(choice)).data)

    @extend_schema(request=PreferencesIn, responses=SavedPreferencesOut)
    def put(self, request: Request) -> Response:
        """Replace your preferences."""
        wanted = PreferencesIn.parse(request.data)
        choice = services.save_preferences(
            choices=wanted.choices, by=caller(request), at=timezone.now()
        )
        body = PreferencesOut(body_of(choice)).data
        return Response({**body, "message": "Your preferences are saved."})
