"""Reading definitions. Deployed versions are kept parsed in the process: they never change."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.db.models.functions import Lower

from servicekit.api import iso_duration
from servicekit.errors import NotFound
from workflow_api.roles import selectors as roles
from workflow_api.sla import selectors as calendars
from workflow_api.sla.calendars import CalendarNotValid
from workflow_api.workflows.diff import Diff, diff
from workflow_api.workflows.fault import Fault
from workflow_api.workflows.faults import calendar_faults, faults
from workflow_api.workflows.frozen import PRIORITIES, FrozenVersion
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node, NodeKind
from workflow_api.workflows.models import Status, Step, Transition, Workflow, WorkflowVersion
from workflow_api.workflows.portable import graph_data


class WorkflowNotFound(NotFound):
    message = "There is no workflow {workflow_id}."


class VersionNotFound(NotFound):
    message = "There is no workflow version {version_id}."


class StepNotFound(NotFound):
    message = "There is no step {step_id}."


class TransitionNotFound(NotFound):
    message = "There is no transition {transition_id}."


@lru_cache(maxsize=1024)
def version_of(version_id: int) -> FrozenVersion:
    """Return a version parsed; one query the first time in a process. Raises VersionNotFound."""
    version = WorkflowVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise VersionNotFound(version_id=version_id)
    return FrozenVersion.of(
        version_id=version.pk,
        workflow_id=version.workflow_id,
        number=version.number,
        settings=version.settings,
        graph=version.graph,
    )


def workflows(
    *, status: str = "", category: str = "", department: str = "", search: str = ""
) -> QuerySet[Workflow]:
    """Return workflows by name; empty arguments do not narrow, case does not matter."""
    found = Workflow.objects.select_related("current_version", "calendar")
    if status:
        found = found.filter(status=status)
    if category:
        found = found.filter(category__iexact=category)
    if department:
        found = found.filter(department__iexact=department)
    if search:
        found = found.filter(
            Q(name__icontains=search)
            | Q(description__icontains=search)
            | Q(category__icontains=search)
            | Q(sub_category__icontains=search)
            | Q(department__icontains=search)
        )
    counted = found.annotate(step_count=Count("steps"))
    return counted.order_by(Lower("name"), "workflow_id")


def workflow(workflow_id: int) -> Workflow:
    """Return one workflow, with its step count. Raises WorkflowNotFound."""
    if (found := workflows().filter(pk=workflow_id).first()) is None:
        raise WorkflowNotFound(workflow_id=workflow_id)
    return found


def versions(workflow_id: int) -> QuerySet[WorkflowVersion]:
    """Return the versions of a workflow, the newest first. Raises WorkflowNotFound."""
    if not Workflow.objects.filter(pk=workflow_id).exists():
        raise WorkflowNotFound(workflow_id=workflow_id)
    found = WorkflowVersion.objects.filter(workflow=workflow_id)
    current = Case(When(current_for__isnull=False, then=True), default=False)
    return found.annotate(is_current=current).order_by("-number")


def version(*, workflow_id: int, number: int) -> WorkflowVersion:
    """Return one version of a workflow. Raises WorkflowNotFound, VersionNotFound."""
    if (found := versions(workflow_id).filter(number=number).first()) is None:
        raise VersionNotFound(version_id=number)
    return found


def steps(*, workflow_id: int | None = None) -> QuerySet[Step]:
    """Return steps of drafts with their roles, by workflow and order."""
    found = Step.objects.select_related("role", "escalate_to", "workflow")
    if workflow_id is not None:
        found = found.filter(workflow=workflow_id)
    return found.order_by("workflow_id", "order", "step_id")


def step(step_id: int) -> Step:
    """Return one step. Raises StepNotFound."""
    if (found := steps().filter(pk=step_id).first()) is None:
        raise StepNotFound(step_id=step_id)
    return found


def transitions(*, workflow_id: int | None = None) -> QuerySet[Transition]:
    """Return transitions of drafts, by workflow and number."""
    found = Transition.objects.select_related("from_step", "to_step")
    if workflow_id is not None:
        found = found.filter(workflow=workflow_id)
    return found.order_by("workflow_id", "transition_id")


def transition(transition_id: int) -> Transition:
    """Return one transition. Raises TransitionNotFound."""
    if (found := transitions().filter(pk=transition_id).first()) is None:
        raise TransitionNotFound(transition_id=transition_id)
    return found


def draft_of(workflow: Workflow) -> Graph:
    """Return the graph as it is edited; two queries."""
    edges = Transition.objects.filter(workflow=workflow).order_by("transition_id")
    return Graph(
        nodes=tuple(_node(step) for step in steps(workflow_id=workflow.workflow_id)),
        edges=tuple(_edge(edge) for edge in edges),
    )


def diff_of(*, workflow_id: int, number: int, to: int | None) -> Diff:
    """Compare a version with another, or with the draft. Raises WorkflowNotFound, VersionNotFound.

    A role that was renamed since the deploy counts as changed.
    """
    old = version(workflow_id=workflow_id, number=number)
    if to is None:
        draft = workflow(workflow_id)
        graph, settings = draft_of(draft), frozen_settings(draft)
    else:
        other = version(workflow_id=workflow_id, number=to)
        graph, settings = Graph.of(other.graph), other.settings
    return diff(
        old=Graph.of(old.graph), new=graph, old_settings=old.settings, new_settings=settings
    )


def faults_of(workflow: Workflow, graph: Graph | None = None, *, at: datetime) -> list[Fault]:
    """Return all that keeps the draft from being deployed at that time."""
    graph = graph or draft_of(workflow)
    needed = {node.escalate_to_role_id for node in graph.nodes} | graph.role_ids()
    members = roles.member_counts(role_id for role_id in needed if role_id is not None)
    found = faults(graph, members=members, slas=slas_of(workflow))
    return [*found, *_calendar_faults(workflow, at=at)]


def _calendar_faults(workflow: Workflow, *, at: datetime) -> list[Fault]:
    try:
        calendar = calendars.business_calendar(workflow.calendar_id, at=at)
    except CalendarNotValid as exc:
        return [Fault(code="CALENDAR_NOT_VALID", message=exc.sentence)]
    if calendar is None:
        return []
    return calendar_faults(calendar, slas=slas_of(workflow), at=at)


def slas_of(workflow: Workflow) -> dict[str, timedelta]:
    """Return the time of each priority."""
    return {name: getattr(workflow, f"{name}_sla") for name in PRIORITIES}


def frozen_settings(workflow: Workflow) -> dict[str, Any]:
    """Return what a version keeps of the workflow beside its graph; see FrozenVersion."""
    slas = slas_of(workflow)
    return {
        "name": workflow.name,
        "category": workflow.category,
        "sub_category": workflow.sub_category,
        "department": workflow.department,
        "sla_s": {name: sla.total_seconds() for name, sla in slas.items()},
        "end_logic": workflow.end_logic,
        "assignment_strategy": workflow.assignment_strategy,
        "calendar_id": workflow.calendar_id,
    }


def portable_of(*, workflow_id: int, number: int | None) -> dict[str, Any]:
    """Return the draft, or a version, as an export says it. Raises like `version`."""
    found = workflow(workflow_id)
    graph, settings = draft_of(found), frozen_settings(found)
    if number is not None:
        frozen = version(workflow_id=workflow_id, number=number)
        graph, settings = Graph.of(frozen.graph), frozen.settings
    times = {
        f"{each}_sla": iso_duration(timedelta(seconds=settings["sla_s"][each]))
        for each in PRIORITIES
    }
    texts = ("name", "category", "sub_category", "department")
    return {
        **{key: settings[key] for key in texts},
        "description": found.description,
        **times,
        "end_logic": settings["end_logic"],
        "assignment_strategy": settings["assignment_strategy"],
        "calendar": calendars.name_of(settings["calendar_id"]),
        **graph_data(graph),
    }


def resting_status(workflow: Workflow, graph: Graph | None = None, *, at: datetime) -> Status:
    """Return the status of a draft that was never deployed: whether it could be."""
    return Status.DRAFT if faults_of(workflow, graph, at=at) else Status.INITIALIZED


def free_name(name: str) -> str:
    """Return a name for a copy that no workflow has."""
    stem = f"{name[:100]} (copy"
    taken = set(
        Workflow.objects.filter(name__istartswith=stem).values_list(Lower("name"), flat=True)
    )
    number = 1
    while (free := f"{stem})" if number == 1 else f"{stem} {number})").lower() in taken:
        number += 1
    return free


def _node(step: Step) -> Node:
    return Node(
        step_id=step.step_id,
        name=step.name,
        role_id=step.role_id,
        role=step.role.name if step.role else "",
        description=step.description,
        instruction=step.instruction,
        weight=float(step.weight),
        order=step.order,
        is_start=step.is_start,
        is_end=step.is_end,
        requires_approval=step.requires_approval,
        approvals_needed=step.approvals_needed,
        requester_may_approve=step.requester_may_approve,
        previous_may_approve=step.previous_may_approve,
        fork=step.fork,
        join=step.join_rule,
        escalate_to_role_id=step.escalate_to_id,
        escalate_to=step.escalate_to.name if step.escalate_to else "",
        kind=NodeKind(step.kind),
        position=step.position,
    )


def _edge(edge: Transition) -> Edge:
    return Edge(
        transition_id=edge.transition_id,
        from_step=edge.from_step_id,
        to_step=edge.to_step_id,
        name=edge.name,
        kind=EdgeKind(edge.kind),
    )
