"""POST /ws-ticket/"""

from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import Input
from servicekit.auth import caller
from servicekit.errors import Forbidden

from . import tickets
from .origins import is_allowed


class SocketTicketIn(Input):
    """The socket that the ticket is to open."""

    path: str = Field(pattern=r"^/?ws/[a-z0-9_/-]{1,200}$", examples=["ws/comments/123/"])


class SocketTicketOut(serializers.Serializer[dict[str, object]]):
    """A one-time ticket; send it as the subprotocol `ticket.<ticket>` after `tts.v1`."""

    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SocketTicketView(APIView):
    """One-time tickets for sockets."""

    @extend_schema(request=SocketTicketIn, responses={201: SocketTicketOut})
    def post(self, request: Request) -> Response:
        """Issue a ticket that opens one socket, once, within 30 s, from the same Origin.

        It takes no Idempotency-Key: to give it again it would have to be kept. Ask for another.
        """
        wanted = SocketTicketIn.parse(request.data)
        origin = request.headers.get("Origin")
        if not is_allowed(origin):
            raise Forbidden("Sockets cannot be opened from this Origin.")
        value, expires_in = tickets.issue(caller(request), wanted.path, origin)
        body = {"ticket": value, "expires_in": expires_in}
        return Response(SocketTicketOut(body).data, status=status.HTTP_201_CREATED)
