"""Who may call the role endpoints at all; which rows they reach is the selectors' business."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from auth_service.tokens.authentication import actor
from servicekit.auth import Principal
from servicekit.auth.permissions import SignedIn, scoped


class AdministersSomething(SignedIn):
    """Administrators of any system and superusers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller administers at least one system."""
        if not super().has_permission(request, view):
            return False
        by = actor(request)
        return by.is_superuser or bool(by.admin_of)


class ReadsRoles(scoped("roles:read", AdministersSomething)):  # type: ignore[misc]
    """The same, and service clients with the scope `roles:read`, who change nothing."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may look, or do more."""
        is_client = isinstance(request.user, Principal) and bool(request.user.client_id)
        if is_client and request.method not in SAFE_METHODS:
            return False
        return bool(super().has_permission(request, view))
