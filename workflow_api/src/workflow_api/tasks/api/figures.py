"""HTTP: the reports over the tasks that began in a time, as JSON or CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.auth import caller
from servicekit.errors import Forbidden
from workflow_api.openapi import query
from workflow_api.sla.serializers import SecondsField

from .. import rights
from ..figures import Figures
from ..inputs import PeriodQuery
from ..models import Priority

Get = TypeVar("Get", bound=Callable[..., HttpResponse])
CSV = "text/csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FiguresOut(serializers.Serializer[Any]):
    """How many tasks began, how they stand or ended, and how long it took."""

    tasks = serializers.IntegerField()
    open = serializers.IntegerField()
    resolved = serializers.IntegerField()
    rejected = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    breached = serializers.IntegerField(help_text="Past their deadline, or ended past it.")
    median_resolution_s = SecondsField(source="median_resolution", allow_null=True)


class PeriodOut(serializers.Serializer[Any]):
    """From the first instant to before the second."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField()


class SummaryRowOut(FiguresOut):
    unmatched = serializers.IntegerField(help_text="Tickets of that time without a workflow.")


class SummaryReportOut(PeriodOut, SummaryRowOut):
    """The figures of all."""


class DayRowOut(FiguresOut):
    day = serializers.DateField()


class WorkflowRowOut(FiguresOut):
    workflow_id = serializers.IntegerField()
    workflow_name = serializers.CharField()


class PriorityRowOut(FiguresOut):
    priority = serializers.ChoiceField(choices=Priority.choices)
    met = serializers.IntegerField(help_text="Ended before their deadline.")


class HourRowOut(serializers.Serializer[Any]):
    weekday = serializers.IntegerField(help_text="Monday is 1; in UTC.")
    hour = serializers.IntegerField()
    tasks = serializers.IntegerField()


class AgentRowOut(serializers.Serializer[Any]):
    user_id = serializers.IntegerField()
    user_name = serializers.CharField()
    assignments = serializers.IntegerField()
    open = serializers.IntegerField()
    done = serializers.IntegerField()
    handed_on = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    late = serializers.IntegerField(help_text="Past the deadline of their step.")
    effort = serializers.FloatField(help_text="Sum of the weights of the steps.")
    median_handling_s = SecondsField(source="median_handling", allow_null=True)


class JsonOrCsv(DefaultContentNegotiation):
    """CSV is written by the view; what goes wrong is told in JSON all the same."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the renderer of JSON for who asks for CSV."""
        if _wants_csv(request):
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)


class ReportView(APIView):
    """What all reports share: who reads them, which time, and in which form."""

    content_negotiation_class = JsonOrCsv
    row: ClassVar[type[serializers.Serializer[Any]]]
    is_one_row: ClassVar[bool] = False

    def answer(
        self, request: Request, rows: Callable[[Figures], Iterable[Mapping[str, Any]]]
    ) -> HttpResponse:
        """Answer with the rows of a report, to admins and coordinators."""
        if not rights.coordinates_intake(caller(request)):
            raise Forbidden
        at = timezone.now()
        since, until = PeriodQuery.parse(request.query_params).times(at)
        found = self.row(list(rows(Figures(since, until, at))), many=True).data
        if _wants_csv(request):
            return _as_csv(found, list(self.row().fields))
        told = found[0] if self.is_one_row else {"results": found}
        return Response(PeriodOut({"since": since, "until": until}).data | told)


def _told(name: str, row: type[serializers.Serializer[Any]]) -> Callable[[Get], Get]:
    """Describe a report: a table in two forms."""
    table = type(f"{name.title()}ReportOut", (PeriodOut,), {"results": row(many=True)})
    return _described(name, table)


def _described(name: str, out: type[serializers.Serializer[Any]]) -> Callable[[Get], Get]:
    told: Callable[[Get], Get] = extend_schema(
        operation_id=f"reports_{name}",
        parameters=query(PeriodQuery),
        responses={(200, "application/json"): out, (200, CSV): OpenApiTypes.STR},
    )
    return told


class SummaryView(ReportView):
    """/reports/summary/"""

    row, is_one_row = SummaryRowOut, True

    @_described("summary", SummaryReportOut)
    def get(self, request: Request) -> HttpResponse:
        """Count the tasks that began in a time."""
        return self.answer(request, lambda figures: [figures.summary()])


class DaysView(ReportView):
    """/reports/tasks/"""

    row = DayRowOut

    @_told("tasks", DayRowOut)
    def get(self, request: Request) -> HttpResponse:
        """Count them by the day on which they began."""
        return self.answer(request, Figures.by_day)


class AgentsView(ReportView):
    """/reports/agents/"""

    row = AgentRowOut

    @_told("agents", AgentRowOut)
    def get(self, request: Request) -> HttpResponse:
        """Tell who was given steps of them, and what became of these."""
        return self.answer(request, Figures.by_agent)


class WorkflowsView(ReportView):
    """/reports/workflows/"""

    row = WorkflowRowOut

    @_told("workflows", WorkflowRowOut)
    def get(self, request: Request) -> HttpResponse:
        """Count them by workflow."""
        return self.answer(request, Figures.by_workflow)


class SlaView(ReportView):
    """/reports/sla/"""

    row = PriorityRowOut

    @_told("sla", PriorityRowOut)
    def get(self, request: Request) -> HttpResponse:
        """Count them by priority, with those that ended in time."""
        return self.answer(request, Figures.by_priority)


class HeatmapView(ReportView):
    """/reports/heatmap/"""

    row = HourRowOut

    @_told("heatmap", HourRowOut)
    def get(self, request: Request) -> HttpResponse:
        """Count them by weekday and hour of their beginning."""
        return self.answer(request, Figures.by_hour)


def _wants_csv(request: Request) -> bool:
    return CSV in request.headers.get("Accept", "").lower()


def _as_csv(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> HttpResponse:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    answer = HttpResponse(target.getvalue(), content_type=f"{CSV}; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="report.csv"'
    return answer


def _cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else value
