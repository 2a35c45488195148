"""HTTP: definitions, their graphs and their versions."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import idempotent, paginate
from servicekit.auth import caller
from workflow_api.openapi import PAGES, page_of, query
from workflow_api.workflows import selectors, services
from workflow_api.workflows.graph import Graph
from workflow_api.workflows.inputs import (
    CloneIn,
    DiffQuery,
    GraphIn,
    OfWorkflowQuery,
    WorkflowChangeIn,
    WorkflowIn,
    WorkflowsQuery,
)
from workflow_api.workflows.permissions import ReadOrAdminister
from workflow_api.workflows.serializers import (
    DiffOut,
    GraphFaultsOut,
    GraphOut,
    GraphSavedOut,
    StepOut,
    TransitionOut,
    VersionDetailOut,
    VersionOut,
    WorkflowOut,
    WorkflowSavedOut,
)


class DefinitionView(APIView):
    """What all routes here share: who may read, who may write."""

    permission_classes = [ReadOrAdminister]


class WorkflowsView(DefinitionView):
    """/workflows/"""

    @extend_schema(
        operation_id="workflows_list",
        parameters=[*query(WorkflowsQuery), *PAGES],
        responses=page_of(WorkflowOut),
    )
    def get(self, request: Request) -> Response:
        """List workflows by name."""
        wanted = WorkflowsQuery.parse(request.query_params)
        found = selectors.workflows(
            status=wanted.status or "",
            category=wanted.category,
            department=wanted.department,
            search=wanted.search,
        )
        return paginate(request, found, WorkflowOut)

    @extend_schema(
        operation_id="workflows_create",
        request=WorkflowIn,
        responses={201: WorkflowSavedOut},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Make an empty draft (administrators)."""
        wanted = WorkflowIn.parse(request.data)
        workflow = services.create_workflow(
            values=wanted.values(), by=caller(request), at=timezone.now()
        )
        return _saved(workflow.workflow_id, "The workflow was created as a draft.", status=201)


class WorkflowView(DefinitionView):
    """/workflows/{workflow_id}/"""

    @extend_schema(operation_id="workflows_read", responses=WorkflowOut)
    def get(self, request: Request, workflow_id: int) -> Response:
        """Read one workflow."""
        return Response(WorkflowOut(selectors.workflow(workflow_id)).data)

    @extend_schema(
        operation_id="workflows_change", request=WorkflowChangeIn, responses=WorkflowSavedOut
    )
    def patch(self, request: Request, workflow_id: int) -> Response:
        """Change settings (administrators); tasks that run keep those of their version."""
        services.change_workflow(
            workflow_id=workflow_id,
            values=WorkflowChangeIn.parse(request.data).values(),
            by=caller(request),
            at=timezone.now(),
        )
        return _saved(workflow_id, "The workflow was changed.")

    @extend_schema(operation_id="workflows_delete", responses={204: None})
    def delete(self, request: Request, workflow_id: int) -> Response:
        """Delete a workflow that never had a task (administrators)."""
        services.delete_workflow(workflow_id=workflow_id, by=caller(request), at=timezone.now())
        return Response(status=204)


class GraphView(DefinitionView):
    """/workflows/{workflow_id}/graph/"""

    @extend_schema(operation_id="workflows_graph_read", responses=GraphOut)
    def get(self, request: Request, workflow_id: int) -> Response:
        """Read the draft."""
        workflow = selectors.workflow(workflow_id)
        return Response(
            GraphOut(_graph_body(workflow_id, workflow.revision, selectors.draft_of(workflow))).data
        )

    @extend_schema(operation_id="workflows_graph_save", request=GraphIn, responses=GraphSavedOut)
    def put(self, request: Request, workflow_id: int) -> Response:
        """Save the whole draft (administrators); 409 when somebody else saved first."""
        wanted = GraphIn.parse(request.data)
        saved = services.save_graph(
            workflow_id=workflow_id,
            version=wanted.version,
            nodes=[node.draft() for node in wanted.nodes],
            edges=[edge.draft() for edge in wanted.edges],
            by=caller(request),
            at=timezone.now(),
        )
        body = _graph_body(workflow_id, saved.workflow.revision, saved.graph) | {
            "ids": saved.ids,
            "status": saved.workflow.status,
            "message": "The graph was saved.",
        }
        return Response(GraphSavedOut(body).data)


class ValidateView(DefinitionView):
    """/workflows/{workflow_id}/validate/"""

    @extend_schema(operation_id="workflows_validate", request=None, responses=GraphFaultsOut)
    def post(self, request: Request, workflow_id: int) -> Response:
        """List everything that keeps the draft from being deployed (administrators)."""
        faults = selectors.faults_of(selectors.workflow(workflow_id), at=timezone.now())
        return Response(GraphFaultsOut({"valid": not faults, "faults": faults}).data)


class DeployView(DefinitionView):
    """/workflows/{workflow_id}/deploy/"""

    @extend_schema(operation_id="workflows_deploy", request=None, responses=WorkflowSavedOut)
    def post(self, request: Request, workflow_id: int) -> Response:
        """Freeze the draft as the version that new tickets run on (administrators)."""
        services.deploy(workflow_id=workflow_id, by=caller(request), at=timezone.now())
        return _saved(workflow_id, "The workflow was deployed.")


class PauseView(DefinitionView):
    """/workflows/{workflow_id}/pause/"""

    @extend_schema(operation_id="workflows_pause", request=None, responses=WorkflowSavedOut)
    def post(self, request: Request, workflow_id: int) -> Response:
        """Take no new tickets; tasks that run go on (administrators)."""
        services.pause(workflow_id=workflow_id, by=caller(request), at=timezone.now())
        return _saved(workflow_id, "The workflow takes no new tickets.")


class ResumeView(DefinitionView):
    """/workflows/{workflow_id}/resume/"""

    @extend_schema(operation_id="workflows_resume", request=None, responses=WorkflowSavedOut)
    def post(self, request: Request, workflow_id: int) -> Response:
        """Take new tickets again (administrators)."""
        services.resume(workflow_id=workflow_id, by=caller(request), at=timezone.now())
        return _saved(workflow_id, "The workflow takes new tickets again.")


class CloneView(DefinitionView):
    """/workflows/{workflow_id}/clone/"""

    @extend_schema(
        operation_id="workflows_clone",
        request=CloneIn,
        responses={201: WorkflowSavedOut},
    )
    @idempotent
    def post(self, request: Request, workflow_id: int) -> Response:
        """Copy settings and draft into a new draft (administrators)."""
        copy = services.clone(
            workflow_id=workflow_id,
            name=CloneIn.parse(request.data).name,
            by=caller(request),
            at=timezone.now(),
        )
        return _saved(copy.workflow_id, "The workflow was copied.", status=201)


class VersionsView(DefinitionView):
    """/workflows/{workflow_id}/versions/"""

    @extend_schema(
        operation_id="workflows_versions_list", parameters=PAGES, responses=page_of(VersionOut)
    )
    def get(self, request: Request, workflow_id: int) -> Response:
        """List the deploys of a workflow, the newest first."""
        return paginate(request, selectors.versions(workflow_id), VersionOut)


class VersionView(DefinitionView):
    """/workflows/{workflow_id}/versions/{number}/"""

    @extend_schema(operation_id="workflows_versions_read", responses=VersionDetailOut)
    def get(self, request: Request, workflow_id: int, number: int) -> Response:
        """Read one deploy with its graph."""
        version = selectors.version(workflow_id=workflow_id, number=number)
        return Response(VersionDetailOut(version).data)


class DiffView(DefinitionView):
    """/workflows/{workflow_id}/versions/{number}/diff/"""

    @extend_schema(
        operation_id="workflows_versions_diff", parameters=query(DiffQuery), responses=DiffOut
    )
    def get(self, request: Request, workflow_id: int, number: int) -> Response:
        """Compare a deploy with the one that `to` numbers, or with the draft."""
        wanted = DiffQuery.parse(request.query_params)
        found = selectors.diff_of(workflow_id=workflow_id, number=number, to=wanted.to)
        return Response(DiffOut(found).data)


class StepsView(DefinitionView):
    """/steps/"""

    @extend_schema(
        operation_id="steps_list",
        parameters=[*query(OfWorkflowQuery), *PAGES],
        responses=page_of(StepOut),
    )
    def get(self, request: Request) -> Response:
        """List the steps of drafts."""
        wanted = OfWorkflowQuery.parse(request.query_params)
        return paginate(request, selectors.steps(workflow_id=wanted.workflow_id), StepOut)


class StepView(DefinitionView):
    """/steps/{step_id}/"""

    @extend_schema(operation_id="steps_read", responses=StepOut)
    def get(self, request: Request, step_id: int) -> Response:
        """Read one step."""
        return Response(StepOut(selectors.step(step_id)).data)


class TransitionsView(DefinitionView):
    """/transitions/"""

    @extend_schema(
        operation_id="transitions_list",
        parameters=[*query(OfWorkflowQuery), *PAGES],
        responses=page_of(TransitionOut),
    )
    def get(self, request: Request) -> Response:
        """List the transitions of drafts."""
        wanted = OfWorkflowQuery.parse(request.query_params)
        found = selectors.transitions(workflow_id=wanted.workflow_id)
        return paginate(request, found, TransitionOut)


class TransitionView(DefinitionView):
    """/transitions/{transition_id}/"""

    @extend_schema(operation_id="transitions_read", responses=TransitionOut)
    def get(self, request: Request, transition_id: int) -> Response:
        """Read one transition."""
        return Response(TransitionOut(selectors.transition(transition_id)).data)


def _saved(workflow_id: int, message: str, *, status: int = 200) -> Response:
    body = WorkflowOut(selectors.workflow(workflow_id)).data | {"message": message}
    return Response(body, status=status)


def _graph_body(workflow_id: int, version: int, graph: Graph) -> dict[str, object]:
    return {
        "workflow_id": workflow_id,
        "version": version,
        "nodes": graph.nodes,
        "edges": graph.edges,
    }
