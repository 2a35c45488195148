"""What every route about a task answers."""

from datetime import datetime
from typing import Any

from rest_framework.response import Response

from servicekit.auth import Principal

from ..details import task_detail
from ..filters import Found
from ..models import Task
from ..serializers import TaskBaseOut, TaskPartsOut


def detail_body(task_id: str, *, by: Principal, at: datetime) -> dict[str, Any]:
    """Return a task with everything about it. Raises TaskNotFound."""
    detail = task_detail(task_id, by=by, at=at)
    return {**TaskBaseOut(detail.task, context={"at": at}).data, **TaskPartsOut(detail).data}


def saved(task: Task, message: str, *, by: Principal, at: datetime, status: int = 200) -> Response:
    """Answer with the task as it is now, and one sentence about what was done."""
    body = detail_body(task.task_id, by=by, at=at)
    return Response(body | {"message": message}, status=status)


def corrections(search: str, found: Found) -> dict[str, Any]:
    """Say, of a search, whether nothing had its words and others were taken for them."""
    return {"is_search_corrected": found.is_corrected} if search else {}
