"""Alerts of the caller."""

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth import caller

from . import selectors, services
from .serializers import AlertIn, AlertOut, AlertPageOut, AlertsQuery, MarkedOut

PAGING = [
    OpenApiParameter("page", OpenApiTypes.INT, description="From 1 on."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="10 unless told, at most 100."),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="Pages of equal cost; start empty."),
]
IS_READ = OpenApiParameter("is_read", OpenApiTypes.BOOL, description="Only read or unread ones.")


class AlertsView(APIView):
    """/api/v2/notifications/inapp/"""

    @extend_schema(parameters=[IS_READ, *PAGING], responses=AlertPageOut)
    def get(self, request: Request) -> Response:
        """List your alerts, newest first."""
        query = AlertsQuery.parse(request.query_params)
        box = selectors.mailbox_of(user_id=caller(request).user_id)
        alerts = selectors.alerts_of(box=box, is_read=query.is_read)
        extra = {"unread_count": box.unread}
        return paginate(request, alerts, AlertOut, cursor_by=("-id",), extra=extra)


class AlertView(APIView):
    """/api/v2/notifications/inapp/{id}/"""

    @extend_schema(request=AlertIn, responses=AlertOut)
    def patch(self, request: Request, notification_id: int) -> Response:
        """Mark one of your alerts read or unread."""
        wanted = AlertIn.parse(request.data)
        alert = services.mark(
            notification_id=notification_id,
            user_id=caller(request).user_id,
            is_read=wanted.is_read,
            at=timezone.now(),
        )
        return Response(AlertOut(alert).data)


class MarkAllReadView(APIView):
    """/api/v2/notifications/inapp/mark-all-read/"""

    @extend_schema(request=None, responses=MarkedOut)
    def post(self, request: Request) -> Response:
        """Mark all your alerts read."""
        updated = services.mark_all_read(user_id=caller(request).user_id, at=timezone.now())
        message = f"{updated} notifications are marked read."
        return Response(MarkedOut({"updated": updated, "unread_count": 0, "message": message}).data)
