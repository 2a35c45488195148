"""HTTP: API keys and service clients."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.accounts.permissions import AdministersPeople
from auth_service.openapi import Pages
from auth_service.tokens.authentication import actor, check_recent_proof
from servicekit.api import idempotent_without, paginate

from . import selectors, services
from .models import Kind
from .serializers import (
    ApiKeyIn,
    ApiKeyOut,
    ApiKeySavedOut,
    RotateIn,
    ServiceClientIn,
    ServiceClientOut,
    ServiceClientSavedOut,
)

NEVER_STORED = {"Cache-Control": "no-store"}


class ApiKeysView(APIView):
    """/api/v1/api-keys/"""

    pagination_class = Pages
    permission_classes = [AdministersPeople]

    @extend_schema(responses=ApiKeyOut(many=True), operation_id="api_keys_list")
    def get(self, request: Request) -> Response:
        """Every API key, withdrawn ones included; never the keys themselves."""
        return paginate(request, selectors.credentials(Kind.API_KEY), ApiKeyOut)

    @extend_schema(
        request=ApiKeyIn, responses={201: ApiKeySavedOut}, operation_id="api_keys_create"
    )
    @idempotent_without("key")
    def post(self, request: Request) -> Response:
        """Make a key, which is shown this once; needs a password proof of the last 15 minutes."""
        check_recent_proof(request)
        wanted = ApiKeyIn.parse(request.data)
        shown = services.create(
            kind=Kind.API_KEY, **wanted.model_dump(), by=actor(request), at=timezone.now()
        )
        return _key(shown, "The key was created; it is shown this once.", status=201)


class ApiKeyView(APIView):
    """/api/v1/api-keys/{key_id}/"""

    permission_classes = [AdministersPeople]

    @extend_schema(responses=ApiKeyOut, operation_id="api_keys_read")
    def get(self, request: Request, key_id: int) -> Response:
        """One API key, never the key itself."""
        return Response(ApiKeyOut(selectors.credential(Kind.API_KEY, key_id)).data)

    @extend_schema(responses={204: None}, operation_id="api_keys_revoke")
    def delete(self, request: Request, key_id: int) -> Response:
        """Withdraw a key for good; tokens that it got end within five minutes."""
        _revoke(request, Kind.API_KEY, key_id)
        return Response(status=204)


class ApiKeyRotateView(APIView):
    """/api/v1/api-keys/{key_id}/rotate/"""

    permission_classes = [AdministersPeople]

    @extend_schema(request=RotateIn, responses=ApiKeySavedOut, operation_id="api_keys_rotate")
    @idempotent_without("key")
    def post(self, request: Request, key_id: int) -> Response:
        """A new key, shown this once; the old one is good for the grace."""
        shown = _rotated(request, Kind.API_KEY, key_id)
        return _key(shown, "The key was rotated; the new one is shown this once.")


class ServiceClientsView(APIView):
    """/api/v1/service-clients/"""

    pagination_class = Pages
    permission_classes = [AdministersPeople]

    @extend_schema(responses=ServiceClientOut(many=True), operation_id="service_clients_list")
    def get(self, request: Request) -> Response:
        """Every service client, withdrawn ones included; never their secrets."""
        return paginate(request, selectors.credentials(Kind.SERVICE_CLIENT), ServiceClientOut)

    @extend_schema(
        request=ServiceClientIn,
        responses={201: ServiceClientSavedOut},
        operation_id="service_clients_create",
    )
    @idempotent_without("client_secret")
    def post(self, request: Request) -> Response:
        """Make a client, whose secret is shown this once; needs a recent password proof."""
        check_recent_proof(request)
        wanted = ServiceClientIn.parse(request.data)
        shown = services.create(
            kind=Kind.SERVICE_CLIENT, **wanted.model_dump(), by=actor(request), at=timezone.now()
        )
        return _client(shown, "The client was created; its secret is shown this once.", status=201)


class ServiceClientView(APIView):
    """/api/v1/service-clients/{client_id}/"""

    permission_classes = [AdministersPeople]

    @extend_schema(responses=ServiceClientOut, operation_id="service_clients_read")
    def get(self, request: Request, client_id: int) -> Response:
        """One service client, never its secret."""
        found = selectors.credential(Kind.SERVICE_CLIENT, client_id)
        return Response(ServiceClientOut(found).data)

    @extend_schema(responses={204: None}, operation_id="service_clients_revoke")
    def delete(self, request: Request, client_id: int) -> Response:
        """Withdraw a client for good; its tokens end within five minutes."""
        _revoke(request, Kind.SERVICE_CLIENT, client_id)
        return Response(status=204)


class ServiceClientRotateView(APIView):
    """/api/v1/service-clients/{client_id}/rotate/"""

    permission_classes = [AdministersPeople]

    @extend_schema(
        request=RotateIn, responses=ServiceClientSavedOut, operation_id="service_clients_rotate"
    )
    @idempotent_without("client_secret")
    def post(self, request: Request, client_id: int) -> Response:
        """A new secret, shown this once; the old one is good for the grace."""
        shown = _rotated(request, Kind.SERVICE_CLIENT, client_id)
        return _client(shown, "The secret was rotated; the new one is shown this once.")


def _rotated(request: Request, kind: Kind, credential_id: int) -> services.Shown:
    seen = services.current_secret(kind, credential_id)
    check_recent_proof(request)
    return services.rotate(
        kind=kind,
        credential_id=credential_id,
        by=actor(request),
        at=timezone.now(),
        grace=timedelta(hours=RotateIn.parse(request.data).grace_hours),
        current=seen,
    )


def _revoke(request: Request, kind: Kind, credential_id: int) -> None:
    services.revoke(kind=kind, credential_id=credential_id, by=actor(request), at=timezone.now())


def _key(shown: services.Shown, message: str, *, status: int = 200) -> Response:
    body: dict[str, Any] = ApiKeyOut(shown.credential).data
    extra = {"key": shown.secret, "message": message}
    return Response(body | extra, status=status, headers=NEVER_STORED)


def _client(shown: services.Shown, message: str, *, status: int = 200) -> Response:
    body: dict[str, Any] = ServiceClientOut(shown.credential).data
    extra = {"client_secret": shown.secret, "message": message}
    return Response(body | extra, status=status, headers=NEVER_STORED)
