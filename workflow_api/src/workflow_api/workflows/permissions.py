"""Who may touch definitions."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import caller
from servicekit.auth.permissions import HasRole, scoped


class PeopleReadOrAdminister(HasRole):
    """Everybody with a tts role reads; administrators of tts write."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may do this."""
        if not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or caller(request).is_admin()


ReadOrAdminister = scoped("workflows:read", PeopleReadOrAdminister)
