"""HTTP: pictures, and people as CSV files."""

from dataclasses import asdict

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from auth_service.tokens.authentication import actor
from servicekit.api import idempotent
from servicekit.auth.permissions import SignedIn

from . import csv_files, images, selectors, services
from .api import saved
from .permissions import AdministersPeople
from .serializers import FileIn, ImportOut, ImportQuery, UserSavedOut
from .uploads import AnyType, uploaded

DOWNLOAD = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
DRY_RUN = OpenApiParameter("dry_run", bool, default=True, description="false writes.")


class MyPictureView(APIView):
    """/api/v1/users/me/picture/"""

    permission_classes = [SignedIn]
    parser_classes = [MultiPartParser]

    @extend_schema(request=FileIn, responses=UserSavedOut, operation_id="me_picture_set")
    def put(self, request: Request) -> Response:
        """Show a picture: PNG, JPEG or WebP of 2 MB at the most; it is cut to a square."""
        name, data = uploaded(request, max_bytes=images.MAX_BYTES)
        user = services.set_picture(filename=name, data=data, by=actor(request), at=timezone.now())
        return saved(user, "Your picture was changed.")

    @extend_schema(responses={204: None}, operation_id="me_picture_remove")
    def delete(self, request: Request) -> Response:
        """Show no picture any more."""
        services.remove_picture(by=actor(request), at=timezone.now())
        return Response(status=204)


class PictureView(APIView):
    """GET /api/v1/users/{user_id}/picture/"""

    permission_classes = [SignedIn]
    content_negotiation_class = AnyType

    @extend_schema(
        responses={
            (200, "image/png"): OpenApiTypes.BINARY,
            (200, "image/jpeg"): OpenApiTypes.BINARY,
        },
        operation_id="users_picture",
    )
    def get(self, request: Request, user_id: int) -> HttpResponse:
        """The picture of somebody, for everybody who is signed in."""
        picture = selectors.picture(user_id)
        extension = picture.content_type.removeprefix("image/")
        headers = DOWNLOAD | {
            "Content-Disposition": f'attachment; filename="{user_id}.{extension}"',
            "Cache-Control": "private, max-age=300",
        }
        content = bytes(picture.content)
        return HttpResponse(content, content_type=picture.content_type, headers=headers)


class ExportView(APIView):
    """GET /api/v1/users/export/"""

    permission_classes = [AdministersPeople]
    content_negotiation_class = AnyType

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, operation_id="users_export")
    def get(self, request: Request) -> HttpResponse:
        """Every person as a CSV file that an import reads again."""
        services.note_export(by=actor(request), at=timezone.now())
        headers = DOWNLOAD | {
            "Content-Disposition": 'attachment; filename="people.csv"',
            "Cache-Control": "private, no-store",
        }
        text = csv_files.written(selectors.export_rows())
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


class ImportView(APIView):
    """POST /api/v1/users/import/"""

    permission_classes = [AdministersPeople]
    parser_classes = [MultiPartParser]

    @extend_schema(
        request=FileIn, parameters=[DRY_RUN], responses=ImportOut, operation_id="users_import"
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Create and change people from a CSV file; with errors nothing is written."""
        wanted = ImportQuery.parse(request.query_params)
        _, data = uploaded(request, max_bytes=csv_files.MAX_BYTES)
        report = services.import_people(
            data=data, dry_run=wanted.dry_run, by=actor(request), at=timezone.now()
        )
        counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged")}
        return Response(ImportOut(asdict(report) | counts).data)
