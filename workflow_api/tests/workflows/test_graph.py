"""The graph's answers, and the path that stands for a ticket's whole time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node, NodeKind


def node(step_id: int, weight: float = 1, **values: object) -> Node:
    return Node(step_id=step_id, name=f"S{step_id}", role_id=1, weight=weight, **values)  # type: ignore[arg-type]


def edge(number: int, from_step: int, to_step: int | None, kind: str = "forward") -> Edge:
    return Edge(transition_id=number, from_step=from_step, to_step=to_step, kind=EdgeKind(kind))


def graph(nodes: list[Node], ways: list[tuple[int, int | None, str]]) -> Graph:
    edges = [edge(100 + n, *way) for n, way in enumerate(ways)]
    return Graph(nodes=tuple(nodes), edges=tuple(edges))


def test_the_path_is_the_heaviest_forward_way() -> None:
    nodes = [node(1, is_start=True), node(2, 1), node(3, 5), node(4, 2, is_end=True)]
    ways = [(1, 2, "forward"), (1, 3, "forward"), (2, 4, "forward"), (3, 4, "approve")]
    found = graph(nodes, ways)
    assert [each.step_id for each in found.path] == [1, 3, 4]
    assert found.path_weights == (1, 5, 2)
    assert found.path_weight == 8


def test_the_path_follows_no_reject_edge_and_no_circle() -> None:
    nodes = [node(1, is_start=True), node(2), node(3, is_end=True), node(4, 50)]
    ways = [
        (1, 2, "forward"),
        (2, 1, "forward"),
        (2, 2, "forward"),
        (2, 4, "reject"),
        (4, 1, "forward"),
        (2, 3, "forward"),
    ]
    assert [each.step_id for each in graph(nodes, ways).path] == [1, 2, 3]


def test_a_graph_of_any_length_is_walked() -> None:
    nodes = [node(n, is_start=n == 1) for n in range(1, 3001)]
    ways: list[tuple[int, int | None, str]] = [(n, n + 1, "forward") for n in range(1, 3000)]
    assert graph(nodes, ways).path_weight == 3000


def test_json_and_back() -> None:
    before = graph(
        [node(1, is_start=True, kind=NodeKind.AMS_CHECKOUT), node(2, 0.5, escalate_to_role_id=9)],
        [(1, 2, "approve"), (2, None, "reject")],
    )
    assert Graph.of(before.as_json()) == before


def test_what_is_asked_of_a_graph() -> None:
    found = graph([node(1, is_start=True), node(2)], [(1, 2, "forward"), (1, None, "reject")])
    assert found.start.step_id == 1
    assert [each.transition_id for each in found.edges_from(1)] == [100, 101]
    assert found.edges_from(2) == found.edges_from(77) == ()
    assert found.has_node(2)
    assert not found.has_edge(5)
    with pytest.raises(KeyError):
        found.node(3)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 9))
    nodes = [node(n, draw(st.integers(1, 9)), is_start=n == 1) for n in range(1, size + 1)]
    ways = draw(
        st.lists(
            st.tuples(
                st.integers(1, size),
                st.none() | st.integers(1, size),
                st.sampled_from(["forward", "approve", "reject"]),
            ),
            max_size=25,
        )
    )
    return graph(nodes, ways)


@given(found=graphs())
def test_the_path_begins_at_the_start_uses_edges_and_repeats_no_step(found: Graph) -> None:
    steps = [each.step_id for each in found.path]
    assert steps[0] == 1
    assert len(steps) == len(set(steps))
    onward = {(e.from_step, e.to_step) for e in found.edges if e.kind is not EdgeKind.REJECT}
    assert set(pairwise(steps)) <= onward


@given(found=graphs())
def test_without_circles_no_way_is_heavier_than_the_path(found: Graph) -> None:
    ahead = tuple(
        e for e in found.edges if e.to_step and e.to_step > e.from_step and e.kind != "reject"
    )
    acyclic = Graph(nodes=found.nodes, edges=ahead)

    def heaviest(step_id: int) -> float:
        onward = [heaviest(e.to_step) for e in acyclic.edges_from(step_id) if e.to_step]
        return acyclic.node(step_id).weight + max(onward, default=0)

    assert acyclic.path_weight == heaviest(1)
