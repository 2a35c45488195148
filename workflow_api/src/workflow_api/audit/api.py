"""HTTP: the trail, for administrators."""

from datetime import date

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.api.listing import COUNT_UP_TO, NARROWED_COUNT_UP_TO, Order
from workflow_api.audit import selectors, verification
from workflow_api.audit.permissions import ReadsTrail
from workflow_api.audit.serializers import (
    AnchorOut,
    AuditOut,
    AuditQuery,
    VerificationOut,
    VerifyQuery,
)
from workflow_api.openapi import CURSOR, PAGES, page_of, query

ORDERS = {"timestamp": ("at", "id"), "-timestamp": ("-at", "-id")}


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
        is_narrowed = wanted.model_fields_set - {"ordering"}
        listing = selectors.Trail(
            found,
            Order(ORDERS[wanted.ordering]),
            count_up_to=NARROWED_COUNT_UP_TO if is_narrowed else COUNT_UP_TO,
        )
        return paginate(request, listing, AuditOut)


class VerifyView(APIView):
    """/audit/verify/"""

    permission_classes = [ReadsTrail]

    @extend_schema(
        operation_id="audit_verify", parameters=query(VerifyQuery), responses=VerificationOut
    )
    def get(self, request: Request) -> Response:
        """Check that no row was altered, removed or slipped in; names the first that was.

        404 for a task or subject that nothing is recorded about.
        """
        wanted, at = VerifyQuery.parse(request.query_params), timezone.now()
        if wanted.has_days:
            first, last = wanted.start_date or date.min, wanted.end_date or date.max
            found = verification.verify_days(first=first, last=last, at=at)
        else:
            subject = f"task:{wanted.task_id}" if wanted.task_id else wanted.subject
            found = verification.verify(subject=subject, at=at)
        newest = selectors.last_anchor()
        body = {
            "valid": found.alteration is None,
            "checked": found.checked,
            "anchors": found.anchors,
            "anchored_until": newest and newest.day,
            "first_altered": found.alteration,
        }
        return Response(VerificationOut(body).data)


class AnchorsView(APIView):
    """/audit/anchors/"""

    permission_classes = [ReadsTrail]

    @extend_schema(
        operation_id="audit_anchors",
        parameters=[*PAGES, CURSOR],
        responses=page_of(AnchorOut, by_cursor=True),
    )
    def get(self, request: Request) -> Response:
        """List what each day's rows were, the newest first; kept elsewhere they prove the trail."""
        return paginate(request, selectors.anchors(), AnchorOut, cursor_by=("-number",))
