"""Who may call the people endpoints."""

from rest_framework.request import Request
from rest_framework.views import APIView

from auth_service.tokens.authentication import actor
from servicekit.auth.permissions import SignedIn, scoped

from .rules import HOME_SYSTEM


class AdministersPeople(SignedIn):
    """Administrators of this system and superusers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller administers people."""
        return super().has_permission(request, view) and actor(request).administers(HOME_SYSTEM)


ReadsPeople = scoped("users:read", AdministersPeople)
