"""HTTP: reading tasks, beginning a run by hand, setting a status."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import idempotent, paginate
from servicekit.auth import caller
from servicekit.errors import Forbidden
from workflow_api.intake import services as intake
from workflow_api.openapi import CURSOR, PAGES, page_of, query

from .. import rights, services
from ..filters import filtered_tasks
from ..inputs import RunIn, StatusIn, TasksQuery
from ..permissions import ReadsTasks
from ..serializers import TaskDetailOut, TaskOut, TaskSavedOut
from .answers import corrections, detail_body, saved


class TasksView(APIView):
    """/tasks/"""

    permission_classes = [ReadsTasks]

    @extend_schema(
        operation_id="tasks_list",
        parameters=[*query(TasksQuery), *PAGES, CURSOR],
        responses=page_of(TaskOut, by_cursor=True, is_searched=True),
    )
    def get(self, request: Request) -> Response:
        """List the tasks that the caller may see."""
        at = timezone.now()
        wanted = TasksQuery.parse(request.query_params)
        found = filtered_tasks(wanted, by=caller(request), at=at)
        extra = corrections(wanted.search, found)
        return paginate(request, found.listing, TaskOut, context={"at": at}, extra=extra)

    @extend_schema(
        operation_id="tasks_create",
        request=RunIn,
        responses={201: TaskSavedOut},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Run an unmatched ticket on a deployed workflow (admins and coordinators)."""
        by, at = caller(request), timezone.now()
        if not rights.coordinates_intake(by):
            raise Forbidden
        wanted = RunIn.parse(request.data)
        task = intake.assign_workflow(
            ticket_id=wanted.ticket_id, workflow_id=wanted.workflow_id, by=by, at=at
        )
        return saved(task, "The ticket runs on this workflow.", by=by, at=at, status=201)


class TaskView(APIView):
    """/tasks/{task_id}/"""

    permission_classes = [ReadsTasks]

    @extend_schema(operation_id="tasks_read", responses=TaskDetailOut)
    def get(self, request: Request, task_id: str) -> Response:
        """Read a task with its history and what the caller can do with it."""
        return Response(detail_body(task_id, by=caller(request), at=timezone.now()))

    @extend_schema(operation_id="tasks_change", request=StatusIn, responses=TaskSavedOut)
    def patch(self, request: Request, task_id: str) -> Response:
        """Take a task to another status by the act that leads there."""
        wanted, by, at = StatusIn.parse(request.data), caller(request), timezone.now()
        task = services.set_status(
            task_id=task_id,
            target=wanted.status,
            by=by,
            at=at,
            version=wanted.version,
            notes=wanted.notes,
            branch=wanted.branch,
        )
        return saved(task, f"The task is {task.state}.", by=by, at=at)
