"""The graph of a workflow: what its steps are and where each may lead. Pure and immutable."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Self

JoinRule = Literal["all", "first"] | int | None


class NodeKind(StrEnum):
    HUMAN = "human"
    AMS_CHECKOUT = "ams_checkout"
    BMS_CHECKOUT = "bms_checkout"


class EdgeKind(StrEnum):
    FORWARD = "forward"
    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step. `weight` is its share of the path's time, relative to the other steps.

    It is approved when that many different members of its role have; who asked for the ticket, or
    who did the step before, can be kept from it. Leaving a `fork` opens a branch over each of its
    forward (or, where it is approved, approve) edges at once; a `join` is entered when all of
    them have arrived, the first has, or that many have.
    """

    step_id: int
    name: str
    role_id: int | None
    role: str = ""
    description: str = ""
    instruction: str = ""
    weight: float = 1
    order: int = 0
    is_start: bool = False
    is_end: bool = False
    requires_approval: bool = False
    approvals_needed: int = 1
    requester_may_approve: bool = True
    previous_may_approve: bool = True
    fork: bool = False
    join: JoinRule = None
    escalate_to_role_id: int | None = None
    escalate_to: str = ""
    kind: NodeKind = NodeKind.HUMAN
    position: Mapping[str, float] = field(default_factory=lambda: {"x": 0, "y": 0})

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        return cls(**{**values, "kind": NodeKind(values["kind"])})

    def arrivals_needed(self, opened: int) -> int:
        """How many of the branches that were opened must arrive before this join is entered."""
        if self.join == "first":
            return 1
        return opened if self.join in {"all", None} else int(self.join)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One transition. Without a `to_step` it ends the run."""

    transition_id: int
    from_step: int
    to_step: int | None
    name: str = ""
    kind: EdgeKind = EdgeKind.FORWARD

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        return cls(**{**values, "kind": EdgeKind(values["kind"])})


@dataclass(frozen=True)
class Graph:
    """The steps and transitions of one version (or draft), with the questions asked of them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            nodes=tuple(Node.of(node) for node in values["nodes"]),
            edges=tuple(Edge.of(edge) for edge in values["edges"]),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "nodes": [asdict(node) for node in self.nodes],
            "edges": [asdict(edge) for edge in self.edges],
        }

    @cached_property
    def _nodes(self) -> dict[int, Node]:
        return {node.step_id: node for node in self.nodes}

    @cached_property
    def _edges(self) -> dict[int, Edge]:
        return {edge.transition_id: edge for edge in self.edges}

    @cached_property
    def _edges_from(self) -> dict[int, tuple[Edge, ...]]:
        leaving: dict[int, list[Edge]] = {node.step_id: [] for node in self.nodes}
        for edge in self.edges:
            leaving.setdefault(edge.from_step, []).append(edge)
        return {step_id: tuple(edges) for step_id, edges in leaving.items()}

    @cached_property
    def start(self) -> Node:
        """The step where a run begins. Raises LookupError on a graph that `faults` refuses."""
        for node in self.nodes:
            if node.is_start:
                return node
        raise LookupError("The graph has no start.")

    def node(self, step_id: int) -> Node:
        """The step of that number. Raises KeyError for one of another graph."""
        return self._nodes[step_id]

    def edge(self, transition_id: int) -> Edge:
        """The transition of that number. Raises KeyError for one of another graph."""
        return self._edges[transition_id]

    def has_node(self, step_id: int) -> bool:
        return step_id in self._nodes

    def has_edge(self, transition_id: int) -> bool:
        return transition_id in self._edges

    def edges_from(self, step_id: int) -> tuple[Edge, ...]:
        """What leaves a step, in the order of the graph."""
        return self._edges_from.get(step_id, ())

    def is_end(self, step_id: int) -> bool:
        """Whether a run can end in this step itself, not over an edge to nowhere.

        Where approve edges say what an approval leads to, being marked as an end says nothing.
        """
        node = self.node(step_id)
        kinds = {edge.kind for edge in self.edges_from(step_id)}
        return node.is_end and not (node.requires_approval and EdgeKind.APPROVE in kinds)

    @cached_property
    def has_forks(self) -> bool:
        """Whether a run can have several branches at once."""
        return any(node.fork for node in self.nodes)

    def fork_edges(self, step_id: int) -> tuple[Edge, ...]:
        """What leaving a fork opens at once; nothing for any other step."""
        node = self.node(step_id)
        kind = EdgeKind.APPROVE if node.requires_approval else EdgeKind.FORWARD
        return tuple(edge for edge in self.edges_from(step_id) if node.fork and edge.kind is kind)

    def role_ids(self) -> frozenset[int]:
        return frozenset(node.role_id for node in self.nodes if node.role_id is not None)

    @cached_property
    def path(self) -> tuple[Node, ...]:
        """The heaviest way from the start to an end that never goes back.

        Reject edges are not followed, nor is an edge that closes a circle. Every other way is no
        heavier, so the shares of the steps that a ticket passes never exceed its whole. Of branches
        that run side by side it holds the heaviest, and the others end no later.
        """
        return tuple(self._nodes[step_id] for step_id in self._heaviest(self.start.step_id))

    @cached_property
    def path_weights(self) -> tuple[float, ...]:
        return tuple(node.weight for node in self.path)

    @cached_property
    def path_weight(self) -> float:
        """The weight that stands for the ticket's whole time."""
        return sum(self.path_weights)

    def weight_from(self, step_id: int) -> float:
        """Return the weight of the heaviest way from a step, itself included, to an end."""
        return sum(self._nodes[each].weight for each in self._heaviest(step_id))

    def _heaviest(self, start: int) -> tuple[int, ...]:
        """Longest path by weight over the edges that a depth-first walk does not find to go back.

        Iterative, so that a graph of any length is walked; each step's best continuation is
        settled once, after all that it leads to.
        """
        best: dict[int, tuple[float, int | None]] = {}
        open_steps: set[int] = set()
        stack: list[tuple[int, bool]] = [(start, False)]
        while stack:
            step_id, expanded = stack.pop()
            if expanded:
                open_steps.discard(step_id)
                best[step_id] = self._best_continuation(step_id, best)
            elif step_id not in best and step_id not in open_steps:
                open_steps.add(step_id)
                stack.append((step_id, True))
                stack.extend((onward, False) for onward in reversed(self._onward(step_id)))
        return self._follow(start, best)

    def _best_continuation(
        self, step_id: int, best: Mapping[int, tuple[float, int | None]]
    ) -> tuple[float, int | None]:
        settled = [(best[onward][0], onward) for onward in self._onward(step_id) if onward in best]
        ahead, onward = max(settled, key=lambda pair: pair[0], default=(0.0, None))
        return self._nodes[step_id].weight + ahead, onward

    def _onward(self, step_id: int) -> list[int]:
        return [
            edge.to_step
            for edge in self.edges_from(step_id)
            if edge.kind is not EdgeKind.REJECT and edge.to_step in self._nodes
        ]

    @staticmethod
    def _follow(start: int, best: Mapping[int, tuple[float, int | None]]) -> tuple[int, ...]:
        way: list[int] = []
        step_id: int | None = start
        while step_id is not None:
            way.append(step_id)
            step_id = best[step_id][1]
        return tuple(way)
