"""Which program asks for mail: by API key, or by the token of a service client."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from servicekit.auth import Principal
from servicekit.auth.programs import HEADER, Program
from servicekit.errors import Unauthenticated

SCOPE = "notifications:send"


class MaySend(BasePermission):
    """A program with a good API key, or a service client whose token has the scope; no person."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller may ask for mail; raises Unauthenticated when nobody calls."""
        if isinstance(request.user, Principal):
            return bool(request.user.client_id) and SCOPE in request.user.permissions
        if not isinstance(request.user, Program):
            raise Unauthenticated(f"Send your API key as {HEADER}, or a service token.")
        return True


def sender_of(request: Request) -> str:
    """Return which program calls; for views behind `MaySend`, where there always is one."""
    caller: object = request.user
    assert isinstance(caller, Program | Principal)
    return caller.key
