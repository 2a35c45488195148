"""HTTP: definitions as YAML."""

from typing import IO, Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from servicekit.api import StrictJSONParser, idempotent
from servicekit.auth import caller
from workflow_api.openapi import query
from workflow_api.workflows import portable, selectors
from workflow_api.workflows.api import DefinitionView
from workflow_api.workflows.portable_inputs import (
    ExportQuery,
    ImportIn,
    ImportQuery,
    parse_definition,
)
from workflow_api.workflows.serializers import DiffOut
from workflow_api.workflows.services.portable import import_workflow


class YamlParser(BaseParser):
    """A body that is the definition itself."""

    media_type = "application/yaml"

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return it as JSON would carry it. Raises NotReadable."""
        try:
            return {"yaml": stream.read(portable.LONGEST_TEXT + 1).decode()}
        except UnicodeDecodeError as exc:
            raise portable.NotReadable(field="yaml", reason="it is not UTF-8.") from exc


# The names that RFC 9512 calls deprecated, and programs still send.
OLD_NAMES = ("application/x-yaml", "text/yaml", "text/x-yaml")
YAML_PARSERS = [
    YamlParser,
    *(type("OldYamlParser", (YamlParser,), {"media_type": name}) for name in OLD_NAMES),
]


class AnyAccept(BaseContentNegotiation):
    """The export is YAML whatever is asked for; errors stay JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the first parser."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


class ImportedOut(serializers.Serializer[Any]):
    """What was, or would be, imported; a dry run that creates has no workflow_id."""

    dry_run = serializers.BooleanField()
    import_result = serializers.ChoiceField(choices=["created", "changed", "unchanged"])
    workflow_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    changes = DiffOut()
    message = serializers.CharField()


class ExportView(DefinitionView):
    """/workflows/{workflow_id}/export/"""

    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="workflows_export",
        parameters=query(ExportQuery),
        responses={(200, "application/yaml"): OpenApiTypes.STR},
    )
    def get(self, request: Request, workflow_id: int) -> HttpResponse:
        """Write the draft, or a version, as YAML without ids."""
        wanted = ExportQuery.parse(request.query_params)
        data = selectors.portable_of(workflow_id=workflow_id, number=wanted.version)
        answer = HttpResponse(portable.write(data), content_type="application/yaml")
        answer["Content-Disposition"] = f'attachment; filename="workflow-{workflow_id}.yaml"'
        return answer


class ImportView(DefinitionView):
    """/workflows/import/"""

    parser_classes = [StrictJSONParser, *YAML_PARSERS]

    @extend_schema(
        operation_id="workflows_import",
        parameters=[*query(ImportQuery)],
        request={"application/json": ImportIn, "application/yaml": OpenApiTypes.STR},
        responses={200: ImportedOut, 201: ImportedOut},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Make a draft of YAML, or save it onto one (administrators)."""
        wanted = ImportQuery.parse(request.query_params)
        data = portable.read(ImportIn.parse(request.data).yaml)
        values, nodes, edges = parse_definition(data)
        done = import_workflow(
            values=values,
            nodes=nodes,
            edges=edges,
            onto=wanted.replace,
            version=wanted.version,
            dry_run=wanted.dry_run,
            by=caller(request),
            at=timezone.now(),
        )
        is_new = wanted.replace is None
        same = "unchanged" if done.changes.is_same else "changed"
        body = {
            "dry_run": wanted.dry_run,
            "import_result": "created" if is_new else same,
            "workflow_id": None if is_new and wanted.dry_run else done.workflow.workflow_id,
            "name": done.workflow.name,
            "changes": done.changes,
            "message": "Nothing was saved." if wanted.dry_run else "The workflow was imported.",
        }
        was_created = is_new and not wanted.dry_run
        return Response(ImportedOut(body).data, status=201 if was_created else 200)
