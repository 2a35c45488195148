"""Send mail, and see what became of it."""

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notification_service.inbox.api import PAGING
from notification_service.templates import catalog
from servicekit.api import idempotent, paginate
from servicekit.auth import BearerAuthentication, caller
from servicekit.auth.permissions import IsAdmin
from servicekit.auth.programs import ApiKeyAuthentication

from . import selectors, services
from .authentication import MaySend, sender_of
from .models import State
from .serializers import MailOut, MailPageOut, MailsQuery, RetriedOut, SendIn, SendOut
from .services import Wanted

FILTERS = [
    OpenApiParameter("status", OpenApiTypes.STR, enum=State.values),
    OpenApiParameter("notification_type", OpenApiTypes.STR, enum=catalog.TYPES),
    OpenApiParameter("recipient", OpenApiTypes.EMAIL, description="The exact address."),
]
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The same key and body send one mail, however often they come.",
)


class SendView(APIView):
    """/api/v1/notifications/send/"""

    authentication_classes = [ApiKeyAuthentication, BearerAuthentication]
    permission_classes = [MaySend]

    @extend_schema(parameters=[IDEMPOTENCY], request=SendIn, responses={201: SendOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Queue a mail for sending; its id leads to it in the delivery log."""
        wanted = SendIn.parse(request.data)
        mail = services.queue_mail(
            Wanted(
                to=wanted.user_email,
                name=wanted.user_name,
                notification_type=wanted.notification_type,
                context=wanted.context_data,
                source=sender_of(request),
            ),
            at=timezone.now(),
            field="user_email",
        )
        is_wanted = mail.state != State.SUPPRESSED
        message = "The mail is queued." if is_wanted else "The recipient does not want this mail."
        body = {"success": is_wanted, "message": message, "id": mail.id}
        return Response(SendOut(body).data, status=status.HTTP_201_CREATED)


class HistoryView(APIView):
    """/api/v1/notifications/history/"""

    @extend_schema(parameters=[*FILTERS, *PAGING], responses=MailPageOut)
    def get(self, request: Request) -> Response:
        """List mails, newest first: administrators see all, others what went to them."""
        query = MailsQuery.parse(request.query_params)
        mails = selectors.narrowed(
            selectors.mails_visible_to(caller(request)),
            state=query.status,
            notification_type=query.notification_type,
            recipient=query.recipient,
        )
        return paginate(request, mails, MailOut, cursor_by=("-id",))


class FailedView(APIView):
    """/api/v1/notifications/failed/"""

    permission_classes = [IsAdmin]

    @extend_schema(parameters=PAGING, responses=MailPageOut)
    def get(self, request: Request) -> Response:
        """List the mails that could not be delivered, newest first."""
        return paginate(request, selectors.failed_mails(), MailOut, cursor_by=("-id",))


class RetryView(APIView):
    """/api/v1/notifications/failed/{id}/retry/"""

    permission_classes = [IsAdmin]

    @extend_schema(request=None, responses=RetriedOut)
    def post(self, request: Request, mail_id: int) -> Response:
        """Try a failed mail again, with all its attempts."""
        mail = services.retry_mail(mail_id=mail_id, at=timezone.now())
        return Response({**MailOut(mail).data, "message": "The mail is queued again."})
