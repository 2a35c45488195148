"""HTTP: business calendars, for whoever reads definitions; they are kept in the admin pages."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth.permissions import HasRole
from workflow_api.openapi import PAGES, page_of
from workflow_api.sla import selectors
from workflow_api.sla.serializers import CalendarOut


class CalendarsView(APIView):
    """/sla/calendars/"""

    permission_classes = [HasRole]

    @extend_schema(
        operation_id="sla_calendars_list", parameters=PAGES, responses=page_of(CalendarOut)
    )
    def get(self, request: Request) -> Response:
        """List the calendars by name."""
        return paginate(request, selectors.all_calendars(), CalendarOut)


class CalendarView(APIView):
    """/sla/calendars/{calendar_id}/"""

    permission_classes = [HasRole]

    @extend_schema(operation_id="sla_calendars_read", responses=CalendarOut)
    def get(self, request: Request, calendar_id: int) -> Response:
        """Read one calendar."""
        return Response(CalendarOut(selectors.calendar(calendar_id)).data)
