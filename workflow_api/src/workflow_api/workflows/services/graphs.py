"""Saving a whole graph: what the draft has that the caller does not send is deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from servicekit.errors import Conflict, Invalid
from workflow_api.audit import services as audit
from workflow_api.audit.services import Actor, AuditEntry
from workflow_api.roles import selectors as roles
from workflow_api.roles.models import Role
from workflow_api.workflows import selectors
from workflow_api.workflows.graph import EdgeKind, Graph, JoinRule, NodeKind
from workflow_api.workflows.models import Status, Step, Transition, Workflow
from workflow_api.workflows.services.rows import locked, save

Ref = int | str
"""The number of a step, or the caller's `temp-…` name of a new one."""

EDGE_FIELDS = ["from_step", "to_step", "name", "kind"]


class StaleGraph(Conflict):
    message = "{saved_by} saved this graph at {saved_at}; read it again before you save yours."


class VersionMissing(Invalid):
    message = "Name the version of the graph that your change is based on."


class GraphNotStorable(Invalid):
    message = "The graph names things that do not exist, or twice."


@dataclass(frozen=True, kw_only=True)
class NodeDraft:
    """A step as the caller wants it; a role is its number or its name."""

    ref: Ref
    name: str
    role: Ref | None
    escalate_to: Ref | None
    description: str
    instruction: str
    weight: Decimal
    order: int
    is_start: bool
    is_end: bool
    requires_approval: bool
    kind: NodeKind
    position: dict[str, float]
    approvals_needed: int = 1
    requester_may_approve: bool = True
    previous_may_approve: bool = True
    fork: bool = False
    join: JoinRule = None


@dataclass(frozen=True, kw_only=True)
class EdgeDraft:
    """A transition as the caller wants it, between two refs; without `to_ref` it ends the run."""

    transition_id: int | None
    from_ref: Ref
    to_ref: Ref | None
    name: str
    kind: EdgeKind


@dataclass(frozen=True, kw_only=True)
class SavedGraph:
    """The draft as it now is, and which number each `temp-…` name got."""

    workflow: Workflow
    graph: Graph
    ids: dict[str, int]


@transaction.atomic
def save_graph(
    *,
    workflow_id: int,
    version: int | None,
    nodes: Sequence[NodeDraft],
    edges: Sequence[EdgeDraft],
    by: Actor | None,
    at: datetime,
) -> SavedGraph:
    """Make the draft exactly these nodes and edges; numbers of what stays do not change.

    `version` is the one that the caller has read; only an empty draft does without. The workflow's
    row is locked until commit, so of two simultaneous saves one is stale. Raises WorkflowNotFound,
    StaleGraph, VersionMissing, GraphNotStorable with every fault by its field.
    """
    workflow = locked(workflow_id)
    steps = {step.step_id: step for step in Step.objects.filter(workflow=workflow)}
    _check_version(workflow, version, is_empty=not steps)
    found = _roles_named_by(nodes)
    _check_refs(nodes, edges, steps=steps, roles_found=found)
    by_ref = _save_steps(workflow, nodes, steps=steps, roles_found=found)
    _save_edges(workflow, edges, by_ref=by_ref)
    Step.objects.filter(workflow=workflow).exclude(
        pk__in=[step.step_id for step in by_ref.values()]
    ).delete()
    graph = selectors.draft_of(workflow)
    _note(workflow, graph, by=by, at=at)
    ids = {ref: step.step_id for ref, step in by_ref.items() if isinstance(ref, str)}
    return SavedGraph(workflow=workflow, graph=graph, ids=ids)


def _check_version(workflow: Workflow, version: int | None, *, is_empty: bool) -> None:
    if version is None and not is_empty:
        raise VersionMissing(field="version")
    if version is not None and version != workflow.revision:
        saved_at = workflow.graph_saved_at or workflow.created_at
        raise StaleGraph(
            saved_by=workflow.graph_saved_by or "Somebody",
            saved_at=saved_at.isoformat(timespec="seconds"),
            version=workflow.revision,
        )


def _roles_named_by(nodes: Iterable[NodeDraft]) -> dict[Ref, Role]:
    """Return the roles under the numbers and lower-case names by which nodes call them."""
    refs = {ref for node in nodes for ref in (node.role, node.escalate_to) if ref is not None}
    found: dict[Ref, Role] = {}
    for name, role in roles.roles_by_name(ref for ref in refs if isinstance(ref, str)).items():
        found[name] = role
    for role_id, role in roles.roles_by_id(ref for ref in refs if isinstance(ref, int)).items():
        found[role_id] = role
    return found


def _role(ref: Ref | None, found: dict[Ref, Role]) -> Role | None:
    return None if ref is None else found.get(ref.casefold() if isinstance(ref, str) else ref)


def _check_refs(
    nodes: Sequence[NodeDraft],
    edges: Sequence[EdgeDraft],
    *,
    steps: dict[int, Step],
    roles_found: dict[Ref, Role],
) -> None:
    errors = {
        **_faulty_ids(nodes, steps),
        **_faulty_roles(nodes, roles_found),
        **_faulty_ends(edges, refs={node.ref for node in nodes}),
    }
    if errors:
        raise GraphNotStorable(errors=errors)


def _faulty_ids(nodes: Sequence[NodeDraft], steps: dict[int, Step]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    seen: set[Ref] = set()
    for index, node in enumerate(nodes):
        if node.ref in seen:
            errors[f"nodes.{index}.step_id"] = [f"{node.ref} stands here twice."]
        elif isinstance(node.ref, int) and node.ref not in steps:
            errors[f"nodes.{index}.step_id"] = [f"This workflow has no step {node.ref}."]
        seen.add(node.ref)
    return errors


def _faulty_roles(nodes: Sequence[NodeDraft], roles_found: dict[Ref, Role]) -> dict[str, list[str]]:
    return {
        f"nodes.{index}.{field}": [f"There is no role {ref} in tts."]
        for index, node in enumerate(nodes)
        for field, ref in (("role", node.role), ("escalate_to", node.escalate_to))
        if ref is not None and _role(ref, roles_found) is None
    }


def _faulty_ends(edges: Sequence[EdgeDraft], *, refs: set[Ref]) -> dict[str, list[str]]:
    return {
        f"edges.{index}.{field}": [f"No node has the step_id {ref}."]
        for index, edge in enumerate(edges)
        for field, ref in (("from", edge.from_ref), ("to", edge.to_ref))
        if ref is not None and ref not in refs
    }


def _save_steps(
    workflow: Workflow,
    nodes: Sequence[NodeDraft],
    *,
    steps: dict[int, Step],
    roles_found: dict[Ref, Role],
) -> dict[Ref, Step]:
    by_ref: dict[Ref, Step] = {}
    new: list[Step] = []
    for node in nodes:
        values = _step_values(node, roles_found)
        if isinstance(node.ref, int):
            step = steps[node.ref]
            for key, value in values.items():
                setattr(step, key, value)
        else:
            step = Step(workflow=workflow, **values)
            new.append(step)
        by_ref[node.ref] = step
    kept = [step for ref, step in by_ref.items() if isinstance(ref, int)]
    if kept:
        Step.objects.bulk_update(kept, list(_step_values(nodes[0], roles_found)))
    Step.objects.bulk_create(new)
    return by_ref


def _step_values(node: NodeDraft, roles_found: dict[Ref, Role]) -> dict[str, Any]:
    return {
        "name": node.name,
        "role": _role(node.role, roles_found),
        "escalate_to": _role(node.escalate_to, roles_found),
        "description": node.description,
        "instruction": node.instruction,
        "weight": node.weight,
        "order": node.order,
        "is_start": node.is_start,
        "is_end": node.is_end,
        "requires_approval": node.requires_approval,
        "approvals_needed": node.approvals_needed,
        "requester_may_approve": node.requester_may_approve,
        "previous_may_approve": node.previous_may_approve,
        "fork": node.fork,
        "join": "" if node.join is None else str(node.join),
        "kind": node.kind.value,
        "position": node.position,
    }


def _save_edges(workflow: Workflow, edges: Sequence[EdgeDraft], *, by_ref: dict[Ref, Step]) -> None:
    """Keep the number of each edge that is named by it, else of one that is the same."""
    old = {edge.transition_id: edge for edge in Transition.objects.filter(workflow=workflow)}
    alike: dict[tuple[Any, ...], list[int]] = {}
    named = {edge.transition_id for edge in edges}
    for edge in old.values():
        if edge.transition_id not in named:
            alike.setdefault(_key(edge), []).append(edge.transition_id)
    kept: list[Transition] = []
    new: list[Transition] = []
    for draft in edges:
        wanted = Transition(
            workflow=workflow,
            from_step=by_ref[draft.from_ref],
            to_step=None if draft.to_ref is None else by_ref[draft.to_ref],
            name=draft.name,
            kind=draft.kind.value,
        )
        same = old.pop(draft.transition_id, None) if draft.transition_id else None
        if same is None and alike.get(_key(wanted)):
            same = old.pop(alike[_key(wanted)].pop(0))
        wanted.pk = same.transition_id if same else None
        (kept if same else new).append(wanted)
    if kept:
        Transition.objects.bulk_update(kept, EDGE_FIELDS)
    Transition.objects.bulk_create(new)
    Transition.objects.filter(pk__in=old).delete()


def _key(edge: Transition) -> tuple[int, int | None, str, str]:
    return edge.from_step_id, edge.to_step_id, edge.kind, edge.name


def _note(workflow: Workflow, graph: Graph, *, by: Actor | None, at: datetime) -> None:
    old = workflow.revision
    workflow.revision += 1
    workflow.updated_at = workflow.graph_saved_at = at
    workflow.graph_saved_by = by.username if by else "system"
    workflow.has_changes = workflow.is_published
    if workflow.status in (Status.DRAFT, Status.INITIALIZED):
        workflow.status = selectors.resting_status(workflow, graph, at=at)
    audit.record(
        AuditEntry(
            subject=workflow,
            action="workflow_graph_saved",
            by=by,
            at=at,
            field="graph_version",
            old=old,
            new=workflow.revision,
            details={"steps": len(graph.nodes), "transitions": len(graph.edges)},
        )
    )
    save(
        workflow,
        "revision",
        "updated_at",
        "graph_saved_at",
        "graph_saved_by",
        "has_changes",
        "status",
    )
