"""Who may call the role endpoints at all; which rows they reach is the selectors' business."""

from rest_framework.request import Request
from rest_framework.views import APIView

from auth_service.tokens.authentication import actor
from servicekit.auth.permissions import SignedIn, scoped


class AdministersSomething(SignedIn):
    """Administrators of any system and superusers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller administers at least one system."""
        if not super().has_permission(request, view):
            return False
        by = actor(request)
        return by.is_superuser or bool(by.admin_of)


ReadsRoles = scoped("roles:read", AdministersSomething)
