"""HTTP: the trail, for administrators."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from workflow_api.audit import selectors
from workflow_api.audit.permissions import ReadsTrail
from workflow_api.audit.serializers import AuditOut, AuditQuery, VerificationOut, VerifyQuery
from workflow_api.openapi import CURSOR, PAGES, page_of, query


class AuditView(APIView):
    """/audit/"""

    permission_classes = [ReadsTrail]

    @extend_schema(
        operation_id="audit_list",
        parameters=[*query(AuditQuery), *PAGES, CURSOR],
        responses=page_of(AuditOut, by_cursor=True),
    )
    def get(self, request: Request) -> Response:
        """List every change, the newest first."""
        wanted = AuditQuery.parse(request.query_params)
        found = selectors.entries(
            task_id=wanted.task_id,
            user_id=wanted.user_id,
            action=wanted.action,
            start=wanted.start_date,
            end=wanted.end_date,
        )
        return paginate(request, found, AuditOut, cursor_by=("-id",))


class VerifyView(APIView):
    """/audit/verify/"""

    permission_classes = [ReadsTrail]

    @extend_schema(
        operation_id="audit_verify", parameters=query(VerifyQuery), responses=VerificationOut
    )
    def get(self, request: Request) -> Response:
        """Check that no row was altered, removed or slipped in; names the first that was."""
        wanted = VerifyQuery.parse(request.query_params)
        subject = f"task:{wanted.task_id}" if wanted.task_id else wanted.subject
        found = selectors.verify(subject=subject)
        body = {
            "valid": found.alteration is None,
            "checked": found.checked,
            "first_altered": found.alteration,
        }
        return Response(VerificationOut(body).data)
