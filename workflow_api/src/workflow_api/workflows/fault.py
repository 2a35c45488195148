"""What a fault of a definition is. Pure."""

from dataclasses import dataclass

from workflow_api.workflows.graph import Edge, Graph, Node


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One reason why a definition cannot be deployed."""

    code: str
    message: str
    step_id: int | None = None
    transition_id: int | None = None


def at_step(node: Node, code: str, message: str) -> Fault:
    """Return a fault of one step."""
    return Fault(code=code, message=message, step_id=node.step_id)


def at_edge(edge: Edge, code: str, message: str) -> Fault:
    """Return a fault of one transition."""
    return Fault(
        code=code, message=message, step_id=edge.from_step, transition_id=edge.transition_id
    )


def title_of(edge: Edge, graph: Graph) -> str:
    """Return what people call a transition."""
    target = "the end" if edge.to_step is None else f"“{graph.node(edge.to_step).name}”"
    name = f"“{edge.name}”" if edge.name else f"The {edge.kind} transition"
    return f"{name} from “{graph.node(edge.from_step).name}” to {target}"
