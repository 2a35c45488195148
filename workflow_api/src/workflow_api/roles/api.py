"""Roles, read-only as Auth owns them, and when their members can be given work."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth import caller
from servicekit.auth.permissions import HasRole
from servicekit.errors import Forbidden
from workflow_api.openapi import PAGES, page_of, query
from workflow_api.roles import selectors, services
from workflow_api.roles.models import Availability
from workflow_api.roles.serializers import (
    AvailabilityIn,
    AvailabilityOut,
    AvailabilitySavedOut,
    MemberOut,
    RoleOut,
    RolesQuery,
)
from workflow_api.tasks import services as tasks


class RolesView(APIView):
    """/roles/"""

    permission_classes = [HasRole]

    @extend_schema(
        operation_id="roles_list",
        parameters=[*query(RolesQuery), *PAGES],
        responses=page_of(RoleOut),
    )
    def get(self, request: Request) -> Response:
        """List roles by system and name."""
        wanted = RolesQuery.parse(request.query_params)
        return paginate(request, selectors.roles(**wanted.model_dump()), RoleOut)


class RoleView(APIView):
    """/roles/{role_id}/"""

    permission_classes = [HasRole]

    @extend_schema(operation_id="roles_read", responses=RoleOut)
    def get(self, request: Request, role_id: int) -> Response:
        """Read one role."""
        return Response(RoleOut(selectors.role(role_id)).data)


class MembersView(APIView):
    """/roles/{role_id}/members/"""

    permission_classes = [HasRole]

    @extend_schema(
        operation_id="roles_members_list", parameters=PAGES, responses=page_of(MemberOut)
    )
    def get(self, request: Request, role_id: int) -> Response:
        """List who may be given work of a role."""
        role = selectors.role(role_id)
        return paginate(
            request,
            selectors.active_members(role.role_id),
            MemberOut,
            context={"at": timezone.now()},
        )


class AvailabilityView(APIView):
    """/people/{user_id}/availability/"""

    permission_classes = [HasRole]

    @extend_schema(operation_id="people_availability_read", responses=AvailabilityOut)
    def get(self, request: Request, user_id: int) -> Response:
        """Read when somebody can be given work."""
        return Response(_body(selectors.availability(user_id)))

    @extend_schema(
        operation_id="people_availability_change",
        request=AvailabilityIn,
        responses=AvailabilitySavedOut,
    )
    def patch(self, request: Request, user_id: int) -> Response:
        """Change when somebody can be given work: one's own, or as an admin anybody's."""
        return _changed(request, user_id)


class OwnAvailabilityView(APIView):
    """/people/me/availability/"""

    permission_classes = [HasRole]

    @extend_schema(operation_id="own_availability_read", responses=AvailabilityOut)
    def get(self, request: Request) -> Response:
        """Read when the caller can be given work."""
        return Response(_body(selectors.availability(caller(request).user_id)))

    @extend_schema(
        operation_id="own_availability_change",
        request=AvailabilityIn,
        responses=AvailabilitySavedOut,
    )
    def patch(self, request: Request) -> Response:
        """Change when the caller can be given work."""
        return _changed(request, caller(request).user_id)


def _changed(request: Request, user_id: int) -> Response:
    by, at = caller(request), timezone.now()
    if by.user_id != user_id and not by.is_admin():
        raise Forbidden
    wanted = AvailabilityIn.parse(request.data)
    row = services.set_availability(user_id=user_id, values=wanted.values(), by=by, at=at)
    tasks.assign_waiting(at=at, role_ids=selectors.role_ids_held_by(user_id))
    return Response(_body(row) | {"message": "The availability was changed."})


def _body(row: Availability) -> dict[str, Any]:
    return dict(AvailabilityOut(row, context={"at": timezone.now()}).data)
