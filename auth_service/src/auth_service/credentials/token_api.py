"""HTTP: POST /service-token/."""

import base64
import binascii

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.auth.permissions import Anyone

from . import services
from .models import Credential
from .serializers import ServiceTokenIn, ServiceTokenOut

NEVER_STORED = {"Cache-Control": "no-store"}
API_KEY = OpenApiParameter("X-API-Key", str, OpenApiParameter.HEADER)


class ServiceTokenView(APIView):
    """POST /service-token/"""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [Anyone]

    @extend_schema(
        parameters=[API_KEY],
        request=ServiceTokenIn,
        responses=ServiceTokenOut,
        operation_id="service_token",
    )
    def post(self, request: Request) -> Response:
        """A token of five minutes for exactly one audience."""
        wanted, at = ServiceTokenIn.parse(request.data), timezone.now()
        credential = _who(request, wanted)
        access = services.service_token(
            credential, audience=wanted.audience, scopes=wanted.scopes, at=at
        )
        lifetime = int(services.TOKEN_LIFETIME.total_seconds())
        body = {"access": access, "token_type": "Bearer", "expires_in": lifetime}
        return Response(ServiceTokenOut(body).data, headers=NEVER_STORED)


def _who(request: Request, wanted: ServiceTokenIn) -> Credential:
    at, key = timezone.now(), request.headers.get("X-API-Key")
    if key:
        return services.recognised(secret=key, public_id=None, at=at)
    client_id, secret = _basic(request) or (wanted.client_id, wanted.client_secret)
    if not client_id or not secret:
        raise services.UnknownClient
    return services.recognised(secret=secret, public_id=client_id, at=at)


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as fault:
        raise services.UnknownClient from fault
    return client_id, secret
