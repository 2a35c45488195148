"""HTTP: why a task is due when it is, and what will hardly be done in time."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import paginate
from servicekit.auth import caller
from workflow_api.openapi import CURSOR, PAGES, page_of, query
from workflow_api.sla.serializers import CalendarRefOut, SecondsField

from ..clocks import Forecasts, clock_of
from ..filters import tasks_at_risk
from ..inputs import AtRiskQuery
from ..models import Priority, Task
from ..permissions import ReadsTasks
from ..serializers import SLA_STATES, TaskOut


class SpanOut(serializers.Serializer[Any]):
    """A time in which the clock ran; `total_s` is what it showed at the end."""

    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    counted_s = SecondsField(source="counted")
    total_s = SecondsField(source="total")


class CountOut(serializers.Serializer[Any]):
    """From when to when a deadline was counted; `is_cut` after the first 500 spans."""

    starts_at = serializers.DateTimeField()
    allowed_s = SecondsField(source="allowed")
    deadline = serializers.DateTimeField()
    spans = SpanOut(many=True)
    is_cut = serializers.BooleanField()


class StepCountOut(serializers.Serializer[Any]):
    """The same for a step: its weight's share of the whole, capped by the ticket's deadline."""

    branch = serializers.IntegerField(source="branch_id", allow_null=True)
    step_id = serializers.IntegerField(source="place.current_step_id")
    step_name = serializers.CharField(source="place.current_step_name")
    weight = serializers.FloatField()
    path_weight = serializers.FloatField()
    is_capped = serializers.BooleanField()
    count = CountOut()


class PauseOut(serializers.Serializer[Any]):
    """A hold, in which no clock ran; without an end it lasts."""

    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class ClockOut(serializers.Serializer[Any]):
    """How the deadlines of a task were counted, and how they stand."""

    task_id = serializers.CharField(source="task.task_id")
    priority = serializers.ChoiceField(choices=Priority.choices, source="task.priority")
    sla_state = serializers.ChoiceField(choices=SLA_STATES, source="state")
    calendar = CalendarRefOut(allow_null=True, help_text="Null is day and night.")
    received_at = serializers.DateTimeField(source="task.ticket.received_at")
    warn_at = serializers.DateTimeField(source="task.sla_warn_at")
    paused_at = serializers.DateTimeField(source="task.paused_at", allow_null=True)
    pauses = PauseOut(many=True)
    ticket = CountOut()
    steps = StepCountOut(many=True, help_text="The current step, or those of all branches.")
    elapsed_s = SecondsField(source="elapsed")
    left_s = SecondsField(source="left")


class ForecastOut(serializers.Serializer[Any]):
    """Time of the calendar: left until the deadline, and what the way to the end takes."""

    left_s = SecondsField(source="left")
    needed_s = SecondsField(source="needed")
    late_by_s = SecondsField(source="late_by")


class AtRiskOut(TaskOut):
    """A task whose deadline is near. Give Forecasts as `context["forecasts"]`."""

    forecast = serializers.SerializerMethodField()

    @extend_schema_field(ForecastOut)
    def get_forecast(self, task: Task) -> dict[str, Any]:
        return dict(ForecastOut(self.context["forecasts"].of(task)).data)


class ClockView(APIView):
    """/tasks/{task_id}/sla/"""

    permission_classes = [ReadsTasks]

    @extend_schema(operation_id="tasks_sla", responses=ClockOut)
    def get(self, request: Request, task_id: str) -> Response:
        """Tell why a task is due when it is, span by span of its calendar."""
        found = clock_of(task_id, by=caller(request), at=timezone.now())
        return Response(ClockOut(found).data)


class AtRiskView(APIView):
    """/sla/at-risk/"""

    permission_classes = [ReadsTasks]

    @extend_schema(
        operation_id="sla_at_risk",
        parameters=[*query(AtRiskQuery), *PAGES, CURSOR],
        responses=page_of(AtRiskOut, by_cursor=True),
    )
    def get(self, request: Request) -> Response:
        """List the tasks that are near their deadline, or soon will be, the next one first."""
        wanted, by, at = AtRiskQuery.parse(request.query_params), caller(request), timezone.now()
        listing = tasks_at_risk(wanted, by=by, at=at)
        context = {"at": at, "forecasts": Forecasts(at)}
        return paginate(request, listing, AtRiskOut, context=context)
