"""HTTP: the ledger of what was received, dead letters, and tickets that wait for a workflow."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import idempotent, paginate
from servicekit.api.listing import NARROWED_COUNT_UP_TO, Order, QueryListing
from servicekit.auth import caller
from servicekit.inbox.models import InboxMessage
from workflow_api.openapi import CURSOR, PAGES, page_of, query
from workflow_api.tasks.api.answers import saved
from workflow_api.tasks.serializers import TaskSavedOut

from . import selectors, services
from .inputs import (
    AssignWorkflowIn,
    DeadLettersQuery,
    LedgerQuery,
    ReplayAllIn,
    ReplayIn,
    SetAsideIn,
    ValidateIn,
)
from .permissions import ReadsLedger, ReadsOrRunsLedger
from .serializers import (
    DeliveryDetailOut,
    DeliveryOut,
    ReplayedAllOut,
    ReplayedOut,
    SetAsideOut,
    VerdictOut,
)
from .services.replay import DeliveryNotFound
from .verdicts import verdict_on

SAMPLE = 20


class LedgerView(APIView):
    """/ingest/"""

    permission_classes = [ReadsLedger]

    @extend_schema(
        operation_id="ingest_list",
        parameters=[*query(LedgerQuery), *PAGES, CURSOR],
        responses=page_of(DeliveryOut, by_cursor=True),
    )
    def get(self, request: Request) -> Response:
        """List what the help desk sent, newest first."""
        return _page(request, selectors.deliveries())


class DeliveryView(APIView):
    """/ingest/{inbox_id}/"""

    permission_classes = [ReadsLedger]

    @extend_schema(operation_id="ingest_read", responses=DeliveryDetailOut)
    def get(self, request: Request, inbox_id: int) -> Response:
        """Read one message with its payload."""
        return _one(selectors.deliveries(), inbox_id)


class ReplayView(APIView):
    """/ingest/{inbox_id}/replay/"""

    permission_classes = [ReadsOrRunsLedger]

    @extend_schema(
        operation_id="ingest_replay",
        request=ReplayIn,
        responses={201: ReplayedOut},
    )
    @idempotent
    def post(self, request: Request, inbox_id: int) -> Response:
        """Publish a message again, as it came or corrected (admins)."""
        return _replayed(request, selectors.deliveries(), inbox_id)


class ReplayAllView(APIView):
    """/ingest/replay/"""

    permission_classes = [ReadsOrRunsLedger]

    @extend_schema(operation_id="ingest_replay_all", request=ReplayAllIn, responses=ReplayedAllOut)
    @idempotent
    def post(self, request: Request) -> Response:
        """Count, or publish again, all messages that a filter finds (admins)."""
        wanted = ReplayAllIn.parse(request.data)
        rows = services.of_many(_narrowed(selectors.deliveries(), wanted))
        sample = DeliveryOut(rows[:SAMPLE], many=True).data
        if wanted.preview:
            count = min(rows.count(), services.REPLAYS_AT_ONCE)
        else:
            count = len(services.replay_all(rows, by=caller(request)))
        verb = "would be" if wanted.preview else "were"
        body = {
            "count": count,
            "preview": wanted.preview,
            "sample": sample,
            "message": f"{count} messages {verb} published again.",
        }
        return Response(body)


class ValidateView(APIView):
    """/ingest/validate/"""

    permission_classes = [ReadsLedger]

    @extend_schema(operation_id="ingest_validate", request=ValidateIn, responses=VerdictOut)
    def post(self, request: Request) -> Response:
        """Tell whether a ticket would be accepted, and on which workflow it would run."""
        wanted = ValidateIn.parse(request.data)
        return Response(VerdictOut(verdict_on(wanted.ticket_data)).data)


class DeadLettersView(APIView):
    """/dead-letters/"""

    permission_classes = [ReadsLedger]

    @extend_schema(
        operation_id="dead_letters_list",
        parameters=[*query(DeadLettersQuery), *PAGES, CURSOR],
        responses=page_of(DeliveryOut, by_cursor=True),
    )
    def get(self, request: Request) -> Response:
        """List what came in vain and nobody has replayed or set aside, newest first."""
        wanted = DeadLettersQuery.parse(request.query_params)
        return _page(request, selectors.dead_letters(is_set_aside=wanted.is_set_aside))


class DeadLetterView(APIView):
    """/dead-letters/{inbox_id}/"""

    permission_classes = [ReadsLedger]

    @extend_schema(operation_id="dead_letters_read", responses=DeliveryDetailOut)
    def get(self, request: Request, inbox_id: int) -> Response:
        """Read one message that was put aside."""
        return _one(selectors.dead_letters(), inbox_id)


class ReplayDeadLetterView(APIView):
    """/dead-letters/{inbox_id}/replay/"""

    permission_classes = [ReadsOrRunsLedger]

    @extend_schema(
        operation_id="dead_letters_replay",
        request=ReplayIn,
        responses={201: ReplayedOut},
    )
    @idempotent
    def post(self, request: Request, inbox_id: int) -> Response:
        """Publish a message that was put aside again (admins)."""
        return _replayed(request, selectors.dead_letters(), inbox_id)


class ParkDeadLetterView(APIView):
    """/dead-letters/{inbox_id}/park/"""

    permission_classes = [ReadsOrRunsLedger]

    @extend_schema(operation_id="dead_letters_park", request=SetAsideIn, responses=SetAsideOut)
    def post(self, request: Request, inbox_id: int) -> Response:
        """Take a message off the list without a replay (admins)."""
        wanted = SetAsideIn.parse(request.data or {})
        row = services.set_aside(
            selectors.dead_letters(), inbox_id=inbox_id, by=caller(request), notes=wanted.notes
        )
        body = {**DeliveryDetailOut(row).data, "message": "The message was set aside."}
        return Response(body)


class AssignWorkflowView(APIView):
    """/tickets/{ticket_id}/assign-workflow/"""

    permission_classes = [ReadsLedger]

    @extend_schema(
        operation_id="tickets_assign_workflow",
        request=AssignWorkflowIn,
        responses={201: TaskSavedOut},
    )
    @idempotent
    def post(self, request: Request, ticket_id: int) -> Response:
        """Run an unmatched ticket on a workflow of one's choice (admins and coordinators)."""
        wanted, by, at = AssignWorkflowIn.parse(request.data), caller(request), timezone.now()
        task = services.assign_workflow(
            ticket_id=ticket_id, workflow_id=wanted.workflow_id, by=by, at=at
        )
        return saved(task, "The ticket runs on this workflow.", by=by, at=at, status=201)


def _narrowed(rows: QuerySet[InboxMessage], wanted: LedgerQuery) -> QuerySet[InboxMessage]:
    return selectors.narrowed(
        rows,
        outcome=wanted.outcome,
        search=wanted.search,
        since=wanted.since,
        until=wanted.until,
    )


def _page(request: Request, rows: QuerySet[InboxMessage]) -> Response:
    wanted = LedgerQuery.parse(request.query_params)
    found = _narrowed(rows, wanted)
    listing = QueryListing(found, Order(("-id",)), count_up_to=NARROWED_COUNT_UP_TO)
    return paginate(request, listing, DeliveryOut)


def _one(rows: QuerySet[InboxMessage], inbox_id: int) -> Response:
    row = rows.filter(id=inbox_id).first()
    if row is None:
        raise DeliveryNotFound(inbox_id=inbox_id)
    return Response(DeliveryDetailOut(row).data)


def _replayed(request: Request, rows: QuerySet[InboxMessage], inbox_id: int) -> Response:
    wanted = ReplayIn.parse(request.data or {})
    message = services.replay(rows, inbox_id=inbox_id, by=caller(request), payload=wanted.payload)
    row = InboxMessage.objects.get(id=inbox_id)
    body: dict[str, Any] = {
        **DeliveryDetailOut(row).data,
        "replayed_as": message.message_id,
        "message": "The message was published again.",
    }
    return Response(body, status=201)
