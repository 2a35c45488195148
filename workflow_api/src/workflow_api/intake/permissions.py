"""Who may read the ledger, and who may act on it."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import caller
from servicekit.auth.permissions import SignedIn
from workflow_api.tasks.rights import coordinates_intake


class ReadsLedger(SignedIn):
    """Admins of tts and ticket coordinators."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may read what was received."""
        return super().has_permission(request, view) and coordinates_intake(caller(request))


class ReadsOrRunsLedger(ReadsLedger):
    """Coordinators read, admins of tts also act."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may do this."""
        may_read = super().has_permission(request, view)
        return may_read and (request.method in SAFE_METHODS or caller(request).is_admin())
