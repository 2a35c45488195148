"""HTTP: a task as it was."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import AfterValidator
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import Input
from servicekit.auth import caller
from workflow_api.openapi import query

from ..models import Priority, Result
from ..past import task_as_of
from ..permissions import ReadsTasks
from ..serializers import SLA_STATES, STATES, BranchOut, PersonOut


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


class AsOfQuery(Input):
    """Which moment; without a time zone it is UTC."""

    at: Annotated[datetime, AfterValidator(_aware)]


class LastRowOut(serializers.Serializer[Any]):
    """The audit row that was the last of the task then."""

    seq = serializers.IntegerField()
    action = serializers.CharField()
    timestamp = serializers.DateTimeField(source="at")
    user = serializers.CharField(source="user_name")
    hash = serializers.CharField()


class PastTaskOut(serializers.Serializer[Any]):
    """A task as it was, rebuilt from its audit rows; people and roles by their names of today."""

    task_id = serializers.CharField(source="task.task_id")
    at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=STATES, source="task.state")
    result = serializers.ChoiceField(choices=Result.choices, source="task.result", allow_blank=True)
    priority = serializers.ChoiceField(choices=Priority.choices, source="task.priority")
    workflow_id = serializers.IntegerField(source="task.workflow_id")
    workflow_name = serializers.CharField(source="workflow.name")
    workflow_version = serializers.IntegerField(source="workflow.number")
    current_step = serializers.IntegerField(source="task.current_step_id")
    current_step_name = serializers.CharField(source="task.current_step_name")
    role = serializers.CharField(source="task.current_role.name")
    role_id = serializers.IntegerField(source="task.current_role_id")
    assigned_user = PersonOut(source="task.assignee", allow_null=True)
    owner = PersonOut(source="task.owner", allow_null=True)
    branches = BranchOut(many=True, help_text="Those that were under way.")
    sla_deadline = serializers.DateTimeField(source="task.sla_deadline")
    step_deadline = serializers.DateTimeField(source="task.step_deadline")
    sla_state = serializers.ChoiceField(choices=SLA_STATES)
    created_at = serializers.DateTimeField(source="task.created_at")
    started_at = serializers.DateTimeField(source="task.started_at", allow_null=True)
    completed_at = serializers.DateTimeField(source="task.completed_at", allow_null=True)
    paused_at = serializers.DateTimeField(source="task.paused_at", allow_null=True)
    version = serializers.IntegerField(source="task.version")
    last_row = LastRowOut()


class AsOfView(APIView):
    """/tasks/{task_id}/as-of/"""

    permission_classes = [ReadsTasks]

    @extend_schema(operation_id="tasks_as_of", parameters=query(AsOfQuery), responses=PastTaskOut)
    def get(self, request: Request, task_id: str) -> Response:
        """Read a task as it was at a moment, from its audit rows; 404 before it was created."""
        wanted = AsOfQuery.parse(request.query_params)
        found = task_as_of(task_id, at=wanted.at, by=caller(request), now=timezone.now())
        return Response(PastTaskOut(found).data)
