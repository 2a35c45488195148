"""HTTP: systems, roles, and who holds them."""

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.openapi import Pages
from auth_service.tokens.authentication import actor, check_recent_proof, reader
from servicekit.api import idempotent, paginate

from . import selectors, services
from .models import Role, System
from .permissions import AdministersSomething, ReadsRoles
from .serializers import (
    RoleChangeIn,
    RoleIn,
    RoleOut,
    RoleQuery,
    RoleReplaceIn,
    RoleSavedOut,
    SystemChangeIn,
    SystemIn,
    SystemOut,
    SystemReplaceIn,
    SystemSavedOut,
    UserRoleChangeIn,
    UserRoleIn,
    UserRoleOut,
    UserRoleQuery,
    UserRoleSavedOut,
)

OF_SYSTEM = OpenApiParameter("system", str, description="Slug, such as tts.")
OF_USER = OpenApiParameter("user_id", int)
OF_ROLE = OpenApiParameter("role_id", int)


class SystemsView(APIView):
    """/api/v1/systems/"""

    pagination_class = Pages
    permission_classes = [AdministersSomething]

    @extend_schema(responses=SystemOut(many=True), operation_id="systems_list")
    def get(self, request: Request) -> Response:
        """Every business system."""
        return paginate(request, selectors.systems(), SystemOut)

    @extend_schema(request=SystemIn, responses={201: SystemSavedOut}, operation_id="systems_create")
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a system together with its administrator role (administrators of tts)."""
        wanted = SystemIn.parse(request.data)
        system = services.create_system(**wanted.model_dump(), by=actor(request), at=timezone.now())
        return _saved_system(system, "The system was created.", status=201)


class SystemView(APIView):
    """/api/v1/systems/{system_id}/"""

    permission_classes = [AdministersSomething]

    @extend_schema(responses=SystemOut, operation_id="systems_read")
    def get(self, request: Request, system_id: int) -> Response:
        """One system."""
        return Response(SystemOut(selectors.system(system_id)).data)

    @extend_schema(
        request=SystemReplaceIn, responses=SystemSavedOut, operation_id="systems_replace"
    )
    def put(self, request: Request, system_id: int) -> Response:
        """Set name and description (administrators of that system)."""
        return self._update(request, system_id, SystemReplaceIn.parse(request.data))

    @extend_schema(request=SystemChangeIn, responses=SystemSavedOut, operation_id="systems_change")
    def patch(self, request: Request, system_id: int) -> Response:
        """Change name or description (administrators of that system)."""
        return self._update(request, system_id, SystemChangeIn.parse(request.data))

    @extend_schema(responses={204: None}, operation_id="systems_delete")
    def delete(self, request: Request, system_id: int) -> Response:
        """Delete a system that nobody uses (administrators of tts)."""
        services.delete_system(system_id=system_id, by=actor(request), at=timezone.now())
        return Response(status=204)

    def _update(
        self, request: Request, system_id: int, wanted: SystemReplaceIn | SystemChangeIn
    ) -> Response:
        system = services.update_system(
            system_id=system_id, **wanted.model_dump(), by=actor(request), at=timezone.now()
        )
        return _saved_system(system, "The system was changed.")


class RolesView(APIView):
    """/api/v1/roles/"""

    pagination_class = Pages
    permission_classes = [ReadsRoles]

    @extend_schema(parameters=[OF_SYSTEM], responses=RoleOut(many=True), operation_id="roles_list")
    def get(self, request: Request) -> Response:
        """The roles of the systems that the caller administers."""
        wanted = RoleQuery.parse(request.query_params)
        return paginate(request, selectors.roles(by=reader(request), system=wanted.system), RoleOut)

    @extend_schema(request=RoleIn, responses={201: RoleSavedOut}, operation_id="roles_create")
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a role (administrators of that system)."""
        wanted = RoleIn.parse(request.data)
        role = services.create_role(**wanted.model_dump(), by=actor(request), at=timezone.now())
        return _saved_role(request, role, "The role was created.", status=201)


class RoleView(APIView):
    """/api/v1/roles/{role_id}/"""

    permission_classes = [ReadsRoles]

    @extend_schema(responses=RoleOut, operation_id="roles_read")
    def get(self, request: Request, role_id: int) -> Response:
        """One role of a system that the caller administers."""
        return Response(RoleOut(selectors.role(role_id, by=reader(request))).data)

    @extend_schema(request=RoleReplaceIn, responses=RoleSavedOut, operation_id="roles_replace")
    def put(self, request: Request, role_id: int) -> Response:
        """Set every field of a role that is not built in."""
        return self._update(request, role_id, RoleReplaceIn.parse(request.data))

    @extend_schema(request=RoleChangeIn, responses=RoleSavedOut, operation_id="roles_change")
    def patch(self, request: Request, role_id: int) -> Response:
        """Change the given fields of a role; of a built-in one `requires_second_factor` only."""
        return self._update(request, role_id, RoleChangeIn.parse(request.data))

    @extend_schema(responses={204: None}, operation_id="roles_delete")
    def delete(self, request: Request, role_id: int) -> Response:
        """Retire a role that nobody holds."""
        services.retire_role(role_id=role_id, by=actor(request), at=timezone.now())
        return Response(status=204)

    def _update(
        self, request: Request, role_id: int, wanted: RoleReplaceIn | RoleChangeIn
    ) -> Response:
        by, at = actor(request), timezone.now()
        changes = wanted.model_dump(exclude={"requires_second_factor"})
        demanded, role = wanted.requires_second_factor, None
        with transaction.atomic():
            if demanded is not None and selectors.demands_second_factor(role_id) != demanded:
                check_recent_proof(request)
                role = services.demand_second_factor(
                    role_id=role_id, is_demanded=demanded, by=by, at=at
                )
            if role is None or any(each is not None for each in changes.values()):
                role = services.update_role(role_id=role_id, **changes, by=by, at=at)
        return _saved_role(request, role, "The role was changed.")


class UserRolesView(APIView):
    """/api/v1/user-roles/"""

    pagination_class = Pages
    permission_classes = [AdministersSomething]

    @extend_schema(
        parameters=[OF_SYSTEM, OF_USER, OF_ROLE],
        responses=UserRoleOut(many=True),
        operation_id="user_roles_list",
    )
    def get(self, request: Request) -> Response:
        """Who holds what in the systems that the caller administers."""
        wanted = UserRoleQuery.parse(request.query_params)
        found = selectors.memberships(by=actor(request), **wanted.model_dump())
        return paginate(request, found, UserRoleOut)

    @extend_schema(
        request=UserRoleIn, responses={201: UserRoleSavedOut}, operation_id="user_roles_create"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Give somebody else, by id or by name, a role (administrators of that system)."""
        wanted = UserRoleIn.parse(request.data)
        held = services.grant_role(
            user_id=wanted.user_id or selectors.person_called(wanted.username),
            role_id=wanted.role_id,
            system=wanted.system,
            by=actor(request),
            at=timezone.now(),
        )
        body = UserRoleOut(held).data | {"message": "The role was given."}
        return Response(body, status=201)


class UserRoleView(APIView):
    """/api/v1/user-roles/{assignment_id}/"""

    permission_classes = [AdministersSomething]

    @extend_schema(responses=UserRoleOut, operation_id="user_roles_read")
    def get(self, request: Request, assignment_id: int) -> Response:
        """One membership in a system that the caller administers."""
        return Response(UserRoleOut(selectors.membership(assignment_id, by=actor(request))).data)

    @extend_schema(
        request=UserRoleChangeIn, responses=UserRoleSavedOut, operation_id="user_roles_change"
    )
    def patch(self, request: Request, assignment_id: int) -> Response:
        """Suspend somebody else's membership, which then grants nothing, or wake it again."""
        wanted = UserRoleChangeIn.parse(request.data)
        change = services.wake_membership if wanted.is_active else services.suspend_membership
        held = change(assignment_id=assignment_id, by=actor(request), at=timezone.now())
        body = UserRoleOut(held).data | {"message": "The membership was changed."}
        return Response(body)

    @extend_schema(responses={204: None}, operation_id="user_roles_delete")
    def delete(self, request: Request, assignment_id: int) -> Response:
        """Take a role from somebody else (administrators of that system)."""
        services.revoke_role(assignment_id=assignment_id, by=actor(request), at=timezone.now())
        return Response(status=204)


def _saved_system(system: System, message: str, *, status: int = 200) -> Response:
    return Response(SystemOut(system).data | {"message": message}, status=status)


def _saved_role(request: Request, role: Role, message: str, *, status: int = 200) -> Response:
    seen = selectors.role(role.pk, by=actor(request))
    return Response(RoleOut(seen).data | {"message": message}, status=status)
