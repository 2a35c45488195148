"""Next versions of a workflow: steps gone, new ones, others changed."""

from dataclasses import replace
from typing import Any

from world import NOW, Definition

from workflow_api.workflows.graph import Graph, Node
from workflow_api.workflows.models import Step, WorkflowVersion


def take_new_tickets(made: Definition, number: int) -> None:
    """Let new tickets run on that version."""
    made.workflow.current_version = made.workflow.versions.get(number=number)
    made.workflow.save(update_fields=["current_version"])


def next_version(
    made: Definition,
    *,
    without: tuple[str, ...] = (),
    added: tuple[dict[str, Any], ...] = (),
    changed: dict[str, dict[str, Any]] | None = None,
    **settings: Any,
) -> WorkflowVersion:
    """Deploy the next version: steps gone, new ones, others changed; edges of gone ones go."""
    last = made.workflow.versions.order_by("-number").first()
    assert last is not None
    graph = Graph.of(last.graph)
    nodes = [
        replace(node, **(changed or {}).get(node.name, {}))
        for node in graph.nodes
        if node.name not in without
    ]
    nodes += [_new_node(made, values) for values in added]
    nodes[0] = replace(nodes[0], is_start=True)
    ids = {node.step_id for node in nodes}
    edges = tuple(edge for edge in graph.edges if {edge.from_step, edge.to_step} <= ids | {None})
    version = WorkflowVersion.objects.create(
        workflow=made.workflow,
        number=last.number + 1,
        graph=Graph(tuple(nodes), edges).as_json(),
        settings=last.settings | settings,
        created_at=NOW,
    )
    take_new_tickets(made, version.number)
    return version


def _new_node(made: Definition, values: dict[str, Any]) -> Node:
    in_charge = values["role"]
    step = Step.objects.create(workflow=made.workflow, name=values["name"], role=in_charge)
    made.steps[step.name] = step.step_id
    known = {"step_id": step.step_id, "role": in_charge.name, "role_id": in_charge.role_id}
    return Node(**values | known)
