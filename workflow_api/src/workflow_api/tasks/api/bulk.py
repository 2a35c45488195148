"""HTTP: one act over many tasks."""

from typing import Annotated, Literal

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field, field_validator
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import Input, idempotent
from servicekit.auth import caller

from .. import services
from ..inputs import Id, Notes, Version
from ..services.bulk import Result

TaskId = Annotated[str, Field(max_length=40)]


class BulkIn(Input):
    """Which act, on which tasks; `versions` refuses those that have changed meanwhile."""

    action: Literal[
        "start", "transition", "complete", "approve", "reject", "hold", "resume", "reopen",
        "escalate", "close", "claim", "transfer", "assign",
    ]  # fmt: skip
    task_ids: Annotated[list[TaskId], Field(min_length=1, max_length=100)]
    versions: dict[TaskId, Version] = Field(default_factory=dict, max_length=100)
    user_id: Id | None = Field(None, description="To whom, for transfer and assign.")
    transition_id: Id | None = Field(None, description="Over which one, for transition.")
    notes: Notes = ""

    @field_validator("task_ids")
    @classmethod
    def _each_once(cls, value: list[str]) -> list[str]:
        if len(set(value)) < len(value):
            raise ValueError("Name each task once.")
        return value


class BulkResultOut(serializers.Serializer[Result]):
    task_id = serializers.CharField()
    ok = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField(help_text="The state of the task after the act.")
    version = serializers.SerializerMethodField()
    code = serializers.SerializerMethodField(help_text="Why nothing was done, for machines.")
    error = serializers.SerializerMethodField(help_text="Why nothing was done, for people.")

    def get_ok(self, result: Result) -> bool:
        return result.error is None

    def get_status(self, result: Result) -> str | None:
        return result.task.state if result.task else None

    def get_version(self, result: Result) -> int | None:
        return result.task.version if result.task else None

    def get_code(self, result: Result) -> str | None:
        return result.error.code if result.error else None

    def get_error(self, result: Result) -> str | None:
        return result.error.sentence if result.error else None


class BulkOut(serializers.Serializer[object]):
    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    results = BulkResultOut(many=True)
    message = serializers.CharField()


class BulkView(APIView):
    """/tasks/bulk/"""

    @extend_schema(
        operation_id="tasks_bulk",
        request=BulkIn,
        responses=BulkOut,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Do the same with up to 100 tasks; what could not be done is said task by task."""
        wanted = BulkIn.parse(request.data)
        results = services.act_on_many(
            wanted.action,
            task_ids=wanted.task_ids,
            by=caller(request),
            at=timezone.now(),
            versions=wanted.versions,
            notes=wanted.notes,
            named={"user_id": wanted.user_id, "transition_id": wanted.transition_id},
        )
        failed = sum(each.error is not None for each in results)
        done = len(results) - failed
        body = {
            "succeeded": done,
            "failed": failed,
            "results": results,
            "message": f"Done with {done} of {len(results)} tasks.",
        }
        return Response(BulkOut(body).data)
