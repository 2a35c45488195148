"""Parallel work: what lies between a fork and the join where its branches meet. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from workflow_api.workflows.graph import Edge, EdgeKind, Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One branch of a fork: the transition that opens it, and the steps that it may pass."""

    edge: Edge
    steps: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The lanes of one fork; `joins` holds the one step where they meet unless it is faulty.

    `nested` are forks that would open within a lane, `outside` the steps that a run can reach
    without being in a lane.
    """

    fork: int
    lanes: tuple[Lane, ...]
    joins: frozenset[int]
    nested: frozenset[int]
    outside: frozenset[int]

    @property
    def join(self) -> int:
        """The step where the lanes meet. Raises ValueError on a graph that `faults` refuses."""
        (join,) = self.joins
        return join

    @property
    def steps(self) -> frozenset[int]:
        """Every step of every lane."""
        return frozenset().union(*(lane.steps for lane in self.lanes))


def region_of(graph: Graph, fork: int) -> Region:
    """Return what lies between a fork and its join.

    A step belongs to a lane when it can be reached from where that begins, leads to the join, and
    cannot be reached in any other way. Where a rejection leads out, the lane ends.
    """
    opening = graph.fork_edges(fork)
    entries = [edge.to_step for edge in opening if edge.to_step is not None]
    others = [edge for edge in graph.edges if edge not in opening]
    before = reach((node.step_id for node in graph.nodes if node.is_start), others)
    main = _main_walk(graph, entries, stops=before | {fork})
    joins = frozenset(step for step in main if graph.node(step).join and step != fork)
    outside = before | reach(joins, others)
    lanes = tuple(
        Lane(edge=edge, steps=_lane(others, edge.to_step, joins=joins, outside=outside | {fork}))
        for edge in opening
    )
    within = (main - outside).union(*(lane.steps for lane in lanes))
    return Region(
        fork=fork,
        lanes=lanes,
        joins=joins,
        nested=frozenset(step for step in within if graph.node(step).fork and step != fork),
        outside=frozenset(outside),
    )


def reach(
    starts: Iterable[int], edges: Iterable[Edge], *, stops: Collection[int] = ()
) -> frozenset[int]:
    """Return the steps that edges lead to from `starts`, those included; none beyond a stop."""
    return _reach(starts, _neighbours((edge.from_step, edge.to_step) for edge in edges), stops)


def _main_walk(graph: Graph, entries: Iterable[int], *, stops: Collection[int]) -> frozenset[int]:
    """Follow the lanes to the first joins, without the ways of rejection."""
    joins = {node.step_id for node in graph.nodes if node.join}
    edges = [edge for edge in graph.edges if edge.kind is not EdgeKind.REJECT]
    return reach(entries, edges, stops=joins.union(stops))


def _lane(
    edges: Iterable[Edge],
    entry: int | None,
    *,
    joins: Collection[int],
    outside: Collection[int],
) -> frozenset[int]:
    if entry is None or entry in outside:
        return frozenset()
    listed = list(edges)
    back = _neighbours((edge.to_step, edge.from_step) for edge in listed)
    return reach([entry], listed, stops=outside) & _reach(joins, back, outside) - set(outside)


def _neighbours(pairs: Iterable[tuple[int | None, int | None]]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for start, end in pairs:
        if start is not None and end is not None:
            found.setdefault(start, []).append(end)
    return found


def _reach(
    starts: Iterable[int], neighbours: Mapping[int, list[int]], stops: Collection[int]
) -> frozenset[int]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        for step_id in neighbours.get(waiting.pop(), ()):
            if step_id not in found:
                found.add(step_id)
                if step_id not in stops:
                    waiting.append(step_id)
    return frozenset(found)
