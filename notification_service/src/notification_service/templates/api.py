"""Templates, for administrators."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notification_service.inbox.api import PAGING
from servicekit.api import idempotent, paginate
from servicekit.auth import caller
from servicekit.auth.permissions import IsAdmin

from . import selectors, services
from .serializers import (
    PreviewIn,
    PreviewOut,
    SavedTemplateOut,
    TemplateIn,
    TemplateOut,
    TemplatePageOut,
    TemplatePatch,
    TemplatePut,
)


class TemplatesView(APIView):
    """/api/v1/templates/"""

    permission_classes = [IsAdmin]

    @extend_schema(operation_id="templates_list", parameters=PAGING[:2], responses=TemplatePageOut)
    def get(self, request: Request) -> Response:
        """List the template of every type."""
        return paginate(request, selectors.current_templates(), TemplateOut)

    @extend_schema(request=TemplateIn, responses={201: SavedTemplateOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Replace the shipped template of a type that has not been changed yet."""
        wanted = TemplateIn.parse(request.data)
        services.create_template(
            notification_type=wanted.notification_type,
            content=wanted.content,
            by=caller(request).username,
            at=timezone.now(),
        )
        return _saved(wanted.notification_type, status.HTTP_201_CREATED)


class TemplateView(APIView):
    """/api/v1/templates/{notification_type}/"""

    permission_classes = [IsAdmin]

    @extend_schema(responses=TemplateOut)
    def get(self, request: Request, notification_type: str) -> Response:
        """Show the template of a type."""
        return Response(TemplateOut(selectors.current_template(notification_type)).data)

    @extend_schema(request=TemplatePut, responses=SavedTemplateOut)
    def put(self, request: Request, notification_type: str) -> Response:
        """Replace the template of a type."""
        return self._save(request, notification_type, TemplatePut.parse(request.data))

    @extend_schema(request=TemplatePatch, responses=SavedTemplateOut)
    def patch(self, request: Request, notification_type: str) -> Response:
        """Change parts of the template of a type."""
        return self._save(request, notification_type, TemplatePatch.parse(request.data))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, notification_type: str) -> Response:
        """Go back to the shipped template of a type."""
        services.reset_template(notification_type=notification_type)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _save(self, request: Request, notification_type: str, wanted: TemplatePut) -> Response:
        services.save_template(
            notification_type=notification_type,
            changes=wanted.changes,
            version=wanted.version,
            by=caller(request).username,
            at=timezone.now(),
        )
        return _saved(notification_type, status.HTTP_200_OK)


class PreviewView(APIView):
    """/api/v1/templates/{notification_type}/preview/"""

    permission_classes = [IsAdmin]

    @extend_schema(request=PreviewIn, responses=PreviewOut)
    def post(self, request: Request, notification_type: str) -> Response:
        """Render the template of a type, with changes that are not saved yet."""
        wanted = PreviewIn.parse(request.data)
        content = services.preview_template(
            notification_type=notification_type, changes=wanted.changes, context=wanted.context
        )
        return Response(PreviewOut(content).data)


def _saved(notification_type: str, code: int) -> Response:
    body = TemplateOut(selectors.current_template(notification_type)).data
    return Response({**body, "message": "The template is saved."}, status=code)
