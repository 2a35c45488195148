"""Definitions from YAML: a new draft, or onto one that is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from workflow_api.audit.services import Actor
from workflow_api.workflows import portable, selectors
from workflow_api.workflows.diff import Diff, diff
from workflow_api.workflows.graph import Graph
from workflow_api.workflows.models import Workflow
from workflow_api.workflows.services.drafts import change_workflow, create_workflow
from workflow_api.workflows.services.graphs import EdgeDraft, NodeDraft, save_graph
from workflow_api.workflows.services.rows import locked


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The draft as it now is (or would be), and what became different."""

    workflow: Workflow
    changes: Diff


@transaction.atomic
def import_workflow(
    *,
    values: Mapping[str, Any],
    nodes: Sequence[NodeDraft],
    edges: Sequence[EdgeDraft],
    onto: int | None,
    version: int | None,
    dry_run: bool,
    by: Actor,
    at: datetime,
) -> Imported:
    """Make a draft of it, or make the draft of `onto` it; a dry run is undone at the end.

    Steps that keep their name keep their number. The workflow's row is locked until commit. Raises
    WorkflowNotFound, StaleGraph, VersionMissing, GraphNotStorable, NameTaken, SlaOutOfOrder.
    """
    old, old_settings = Graph((), ()), dict[str, Any]()
    if onto is None:
        workflow = create_workflow(values=values, by=by, at=at)
        version = workflow.revision
    else:
        workflow = locked(onto)
        old, old_settings = selectors.draft_of(workflow), selectors.frozen_settings(workflow)
        change_workflow(workflow_id=onto, values=values, by=by, at=at)
    number = workflow.workflow_id
    kept_nodes, kept_edges = _with_numbers(nodes, edges, old)
    saved = save_graph(
        workflow_id=number, version=version, nodes=kept_nodes, edges=kept_edges, by=by, at=at
    )
    settings = selectors.frozen_settings(saved.workflow)
    changes = diff(old=old, new=saved.graph, old_settings=old_settings, new_settings=settings)
    if dry_run:
        transaction.set_rollback(True)
    return Imported(workflow=saved.workflow, changes=changes)


def _with_numbers(
    nodes: Sequence[NodeDraft], edges: Sequence[EdgeDraft], old: Graph
) -> tuple[list[NodeDraft], list[EdgeDraft]]:
    known = {f"temp-{key}": step_id for step_id, key in portable.step_keys(old).items()}
    return (
        [replace(node, ref=known.get(str(node.ref), node.ref)) for node in nodes],
        [
            replace(
                edge,
                from_ref=known.get(str(edge.from_ref), edge.from_ref),
                to_ref=known.get(str(edge.to_ref), edge.to_ref),
            )
            for edge in edges
        ],
    )
