"""HTTP: tickets as received."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth import caller
from workflow_api.openapi import CURSOR, PAGES, page_of, query

from .. import selectors
from ..filters import filtered_tickets
from ..inputs import TicketsQuery
from ..loading import TicketNotFound
from ..models import TicketState
from ..permissions import ReadsTickets
from ..serializers import TicketDetailOut, TicketOut
from .answers import corrections


class TicketsView(APIView):
    """/tickets/"""

    permission_classes = [ReadsTickets]

    @extend_schema(
        operation_id="tickets_list",
        parameters=[*query(TicketsQuery), *PAGES, CURSOR],
        responses=page_of(TicketOut, by_cursor=True, is_searched=True),
    )
    def get(self, request: Request) -> Response:
        """List the tickets that the caller may see."""
        wanted = TicketsQuery.parse(request.query_params)
        found = filtered_tickets(wanted, by=caller(request), at=timezone.now())
        return paginate(request, found.listing, TicketOut, extra=corrections(wanted.search, found))


class UnmatchedTicketsView(APIView):
    """/tickets/unmatched/"""

    permission_classes = [ReadsTickets]

    @extend_schema(
        operation_id="tickets_unmatched_list",
        parameters=[*PAGES, CURSOR],
        responses=page_of(TicketOut, by_cursor=True, is_searched=True),
    )
    def get(self, request: Request) -> Response:
        """List the tickets that no workflow fits (admins and coordinators)."""
        wanted = TicketsQuery(status=TicketState.UNMATCHED)
        found = filtered_tickets(wanted, by=caller(request), at=timezone.now())
        return paginate(request, found.listing, TicketOut)


class TicketView(APIView):
    """/tickets/{ticket_id}/"""

    permission_classes = [ReadsTickets]

    @extend_schema(operation_id="tickets_read", responses=TicketDetailOut)
    def get(self, request: Request, ticket_id: int) -> Response:
        """Read one ticket."""
        ticket = selectors.ticket_for_detail(ticket_id, by=caller(request), at=timezone.now())
        if ticket is None:
            raise TicketNotFound(ticket_id=ticket_id)
        return Response(TicketDetailOut(ticket).data)
