"""HTTP: what people do with a task. Each answers with the task as it is then.

Everywhere: 404 for a task that the caller may not see, 409 when its `version` is old, when its
state does not allow the act, or when somebody else acted first; 403 for somebody else's task.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.auth import caller

from .. import services
from ..inputs import ActIn, DecisionIn, HandOverIn, StepActIn, TransitionIn
from ..routing import Action
from ..serializers import TaskSavedOut
from .answers import saved


def _common(wanted: ActIn, request: Request) -> dict[str, Any]:
    return {
        "by": caller(request),
        "at": timezone.now(),
        "version": wanted.version,
        "notes": wanted.notes,
        **({"branch": wanted.branch} if isinstance(wanted, StepActIn) else {}),
    }


class StartView(APIView):
    """/tasks/{task_id}/start/"""

    @extend_schema(operation_id="tasks_start", request=StepActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Begin the work on the current step."""
        wanted = StepActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.start_task(task_id=task_id, **act)
        return saved(task, "Work has begun.", by=act["by"], at=act["at"])


class CompleteView(APIView):
    """/tasks/{task_id}/complete/"""

    @extend_schema(operation_id="tasks_complete", request=StepActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """End the run at an end step."""
        wanted = StepActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.decide_task(task_id=task_id, action=Action.COMPLETE, **act)
        return saved(task, "The task is completed.", by=act["by"], at=act["at"])


class ApproveView(APIView):
    """/tasks/{task_id}/approve/"""

    @extend_schema(operation_id="tasks_approve", request=DecisionIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Approve the current step."""
        wanted = DecisionIn.parse(request.data)
        act = _common(wanted, request)
        task = services.decide_task(
            task_id=task_id, action=Action.APPROVE, transition_id=wanted.transition_id, **act
        )
        return saved(task, "The step was approved.", by=act["by"], at=act["at"])


class RejectView(APIView):
    """/tasks/{task_id}/reject/"""

    @extend_schema(operation_id="tasks_reject", request=DecisionIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Reject the current step, with a reason."""
        wanted = DecisionIn.parse(request.data)
        act = _common(wanted, request)
        task = services.decide_task(
            task_id=task_id, action=Action.REJECT, transition_id=wanted.transition_id, **act
        )
        return saved(task, "The step was rejected.", by=act["by"], at=act["at"])


class TransitionView(APIView):
    """/tasks/{task_id}/transition/"""

    @extend_schema(operation_id="tasks_transition", request=TransitionIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Leave the current step over one of its transitions."""
        wanted = TransitionIn.parse(request.data)
        act = _common(wanted, request)
        task = services.take_transition(task_id=task_id, transition_id=wanted.transition_id, **act)
        return saved(task, "The task has moved on.", by=act["by"], at=act["at"])


class HoldView(APIView):
    """/tasks/{task_id}/hold/"""

    @extend_schema(operation_id="tasks_hold", request=ActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Stop work and clocks, with a reason."""
        wanted = ActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.hold_task(task_id=task_id, **act)
        return saved(task, "The task is on hold.", by=act["by"], at=act["at"])


class ResumeView(APIView):
    """/tasks/{task_id}/resume/"""

    @extend_schema(operation_id="tasks_resume", request=ActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Go on with a task that was stopped."""
        wanted = ActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.resume_task(task_id=task_id, **act)
        return saved(task, "Work goes on.", by=act["by"], at=act["at"])


class ReopenView(APIView):
    """/tasks/{task_id}/reopen/"""

    @extend_schema(operation_id="tasks_reopen", request=ActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Take a completed task up again, with a reason."""
        wanted = ActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.reopen_task(task_id=task_id, **act)
        return saved(task, "The task is open again.", by=act["by"], at=act["at"])


class TransferView(APIView):
    """/tasks/{task_id}/transfer/"""

    @extend_schema(operation_id="tasks_transfer", request=HandOverIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Hand the step over to another member of its role, with a reason."""
        wanted = HandOverIn.parse(request.data)
        act = _common(wanted, request)
        task = services.transfer_task(task_id=task_id, user_id=wanted.user_id, **act)
        return saved(task, "The task was handed over.", by=act["by"], at=act["at"])


class AssignView(APIView):
    """/tasks/{task_id}/assign/"""

    @extend_schema(operation_id="tasks_assign", request=HandOverIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Decide who holds the step (owner or admin)."""
        wanted = HandOverIn.parse(request.data)
        act = _common(wanted, request)
        task = services.assign_task(task_id=task_id, user_id=wanted.user_id, **act)
        return saved(task, "The task was assigned.", by=act["by"], at=act["at"])


class EscalateView(APIView):
    """/tasks/{task_id}/escalate/"""

    @extend_schema(operation_id="tasks_escalate", request=StepActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Give the step to the role that it escalates to, with a reason."""
        wanted = StepActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.escalate_task(task_id=task_id, **act)
        return saved(task, "The task was escalated.", by=act["by"], at=act["at"])


class CloseView(APIView):
    """/tasks/{task_id}/close/"""

    @extend_schema(operation_id="tasks_close", request=ActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Close a completed task for good (owner or admin)."""
        wanted = ActIn.parse(request.data)
        act = _common(wanted, request)
        task = services.close_task(task_id=task_id, **act)
        return saved(task, "The task is closed.", by=act["by"], at=act["at"])


class ClaimView(APIView):
    """/tasks/{task_id}/claim/"""

    @extend_schema(operation_id="tasks_claim", request=StepActIn, responses=TaskSavedOut)
    def post(self, request: Request, task_id: str) -> Response:
        """Take a task that nobody holds."""
        act = _common(StepActIn.parse(request.data), request)
        act.pop("notes")
        task = services.claim_task(task_id=task_id, **act)
        return saved(task, "The task is yours.", by=act["by"], at=act["at"])
