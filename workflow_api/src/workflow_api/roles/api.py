"""Roles, read-only: Auth owns them."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth.permissions import HasRole
from workflow_api.openapi import PAGES, page_of, query
from workflow_api.roles import selectors
from workflow_api.roles.serializers import MemberOut, RoleOut, RolesQuery


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
        return paginate(request, selectors.active_members(role.role_id), MemberOut)
