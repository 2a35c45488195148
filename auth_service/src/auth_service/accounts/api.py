"""HTTP: people, and one's own profile."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.access.selectors import with_roles
from auth_service.openapi import Pages
from auth_service.second_factor.selectors import method_of
from auth_service.tokens.authentication import actor, check_recent_proof
from servicekit.api import idempotent, paginate
from servicekit.auth import caller
from servicekit.auth.permissions import SignedIn

from . import selectors, services
from .models import User
from .permissions import AdministersPeople, ReadsPeople
from .serializers import (
    MeOut,
    MeSavedOut,
    ProfileIn,
    ReasonIn,
    UserChangeIn,
    UserCreateIn,
    UserDetailOut,
    UserOut,
    UserQuery,
    UserReplaceIn,
    UserSavedOut,
)

FILTERS = [
    OpenApiParameter("search", str, description="Words in a name or in the address."),
    OpenApiParameter("is_active", bool),
    OpenApiParameter("system", str, description="Those who hold a role there, such as tts."),
    OpenApiParameter("role_id", int, description="Those who hold this role."),
]


class UsersView(APIView):
    """/api/v1/users/"""

    pagination_class = Pages
    permission_classes = [ReadsPeople]

    @extend_schema(parameters=FILTERS, responses=UserOut(many=True), operation_id="users_list")
    def get(self, request: Request) -> Response:
        """People, those with every word of `search` in a name or the address."""
        wanted = UserQuery.parse(request.query_params)
        found = selectors.people(**wanted.model_dump())
        return paginate(request, found, UserOut)

    @extend_schema(request=UserCreateIn, responses={201: UserSavedOut}, operation_id="users_create")
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a person, who holds no role yet."""
        wanted = UserCreateIn.parse(request.data)
        user = services.create_user(**wanted.model_dump(), by=actor(request), at=timezone.now())
        return saved(user, "The account was created.", status=201)


class UserView(APIView):
    """/api/v1/users/{user_id}/"""

    permission_classes = [ReadsPeople]

    @extend_schema(responses=UserDetailOut, operation_id="users_read")
    def get(self, request: Request, user_id: int) -> Response:
        """One person with the roles that they hold."""
        return Response(UserDetailOut(_detailed(user_id)).data)

    @extend_schema(request=UserReplaceIn, responses=UserSavedOut, operation_id="users_replace")
    def put(self, request: Request, user_id: int) -> Response:
        """Set every field of a person that can be changed."""
        changes = UserReplaceIn.parse(request.data).model_dump(exclude_none=True)
        return self._update(request, user_id, changes)

    @extend_schema(request=UserChangeIn, responses=UserSavedOut, operation_id="users_change")
    def patch(self, request: Request, user_id: int) -> Response:
        """Change the given fields; `is_active` false ends every session of the person."""
        changes = UserChangeIn.parse(request.data).model_dump(exclude_none=True)
        return self._update(request, user_id, changes)

    @extend_schema(responses={204: None}, operation_id="users_deactivate")
    def delete(self, request: Request, user_id: int) -> Response:
        """Deactivate a person: the account stays, as tickets and the audit trail name it."""
        services.deactivate_user(user_id=user_id, by=actor(request), at=timezone.now())
        return Response(status=204)

    def _update(self, request: Request, user_id: int, changes: dict[str, object]) -> Response:
        user = services.update_user(
            user_id=user_id, changes=changes, by=actor(request), at=timezone.now()
        )
        return saved(user, "The account was changed.")


class DeactivateView(APIView):
    """POST /api/v1/users/{user_id}/deactivate/"""

    permission_classes = [AdministersPeople]

    @extend_schema(request=ReasonIn, responses=UserSavedOut, operation_id="users_close")
    def post(self, request: Request, user_id: int) -> Response:
        """Close an account: every session ends, the person stays named."""
        reason = ReasonIn.parse(request.data).reason
        user = services.deactivate_user(
            user_id=user_id, reason=reason, by=actor(request), at=timezone.now()
        )
        return saved(user, "The account was deactivated.")


class ReactivateView(APIView):
    """POST /api/v1/users/{user_id}/reactivate/"""

    permission_classes = [AdministersPeople]

    @extend_schema(request=ReasonIn, responses=UserSavedOut, operation_id="users_reopen")
    def post(self, request: Request, user_id: int) -> Response:
        """Open an account again, with the roles that it had."""
        reason = ReasonIn.parse(request.data).reason
        user = services.set_active(
            user_id=user_id, is_active=True, reason=reason, by=actor(request), at=timezone.now()
        )
        return saved(user, "The account was reactivated.")


class MeView(APIView):
    """/api/v1/users/me/"""

    permission_classes = [SignedIn]

    @extend_schema(responses=MeOut, operation_id="me_read")
    def get(self, request: Request) -> Response:
        """One's own account with the roles that one holds."""
        return Response(self._shown(_detailed(caller(request).user_id)))

    @extend_schema(request=ProfileIn, responses=MeSavedOut, operation_id="me_change")
    def patch(self, request: Request) -> Response:
        """Change one's own names, phone, time zone, language; ask for an address with the password.

        A new address stands in `pending_email` until the link that is mailed to it is opened;
        to send the present address withdraws that.
        """
        wanted, me = ProfileIn.parse(request.data), caller(request)
        is_move = wanted.email not in (None, selectors.user(me.user_id).email)
        if is_move and method_of(me.user_id):
            check_recent_proof(request)
        user = services.update_profile(
            changes=wanted.model_dump(exclude_none=True, exclude={"current_password"}),
            current_password=wanted.current_password,
            by=actor(request),
            at=timezone.now(),
        )
        sent = f"We sent a link to {wanted.email}; the address changes when it is opened."
        message = sent if is_move else "Your profile was changed."
        return Response(self._shown(with_roles(user)) | {"message": message})

    def _shown(self, me: User) -> dict[str, Any]:
        body: dict[str, Any] = MeOut(selectors.with_pending_email(me, at=timezone.now())).data
        return body


def _detailed(user_id: int) -> User:
    return with_roles(selectors.user(user_id))


def saved(user: User, message: str, *, status: int = 200) -> Response:
    body = UserDetailOut(with_roles(user)).data | {"message": message}
    return Response(body, status=status)
