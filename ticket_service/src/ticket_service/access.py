"""Who may use the help desk: its API keys, its own people, and everybody where it stands open."""

from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import BearerAuthentication, Principal
from servicekit.auth.programs import ApiKeyAuthentication, Program
from servicekit.errors import Unauthenticated


class MayUseHelpDesk(BasePermission):
    """Anybody where HELP_DESK_OPEN is set; else a key, a role in hdts, or an admin of tts.

    A wrong key or token is refused even where the help desk stands open.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may; raises Unauthenticated when nobody says who they are."""
        user = request.user
        if settings.HELP_DESK_OPEN or isinstance(user, Program):
            return True
        if isinstance(user, Principal):
            return user.is_admin() or bool(user.roles_in("hdts"))
        raise Unauthenticated


HELP_DESK_AUTHENTICATION: list[type[BaseAuthentication]] = [
    ApiKeyAuthentication,
    BearerAuthentication,
]
