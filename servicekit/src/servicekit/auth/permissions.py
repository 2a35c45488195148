"""Who may call a view at all; what they may see is the selectors' business."""

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.permissions import AllowAny as Anyone
from rest_framework.request import Request

from servicekit.errors import Unauthenticated

from .principal import Principal, caller

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it imports this module through its settings

__all__ = ["Anyone", "HasRole", "IsAdmin", "SignedIn", "scoped"]


class SignedIn(BasePermission):
    """Any person with a good token, but no service client: for those see `scoped`."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether somebody is signed in; raises Unauthenticated when nobody is."""
        if not isinstance(request.user, Principal):
            raise Unauthenticated
        return not request.user.client_id


def scoped(name: str, base: type[SignedIn] = SignedIn) -> type[SignedIn]:
    """Return `base` for people, and for service clients the right to the scope `name`.

    A scope that ends in `:read` opens only methods that change nothing.
    """

    class Scoped(base):  # type: ignore[valid-type, misc]
        def has_permission(self, request: Request, view: "APIView") -> bool:
            """Whether the client has the scope, or the person what `base` asks for."""
            if isinstance(request.user, Principal) and request.user.client_id:
                is_fit = request.method in SAFE_METHODS or not name.endswith(":read")
                return is_fit and request.user.has_scope(name)
            return bool(super().has_permission(request, view))

    return Scoped


class HasRole(SignedIn):
    """Anybody with some role in tts."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the caller holds any tts role."""
        return super().has_permission(request, view) and bool(caller(request).roles_in("tts"))


class IsAdmin(SignedIn):
    """Administrators of tts."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the caller administers tts."""
        return super().has_permission(request, view) and caller(request).is_admin()
