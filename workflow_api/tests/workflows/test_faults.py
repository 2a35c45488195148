"""Every fault of a definition is found at once and named with its step or transition."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.sla.calendars import BusinessCalendar
from workflow_api.workflows.faults import calendar_faults, faults
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node

SLAS = {
    "urgent": timedelta(hours=4),
    "high": timedelta(hours=8),
    "medium": timedelta(days=1),
    "low": timedelta(days=3),
}


def node(step_id: int, **values: Any) -> Node:
    return Node(**{"step_id": step_id, "name": f"S{step_id}", "role_id": 1, "role": "L1"} | values)


def edge(number: int, from_step: int, to_step: int | None, kind: str = "forward") -> Edge:
    return Edge(transition_id=number, from_step=from_step, to_step=to_step, kind=EdgeKind(kind))


GOOD = Graph(
    nodes=(node(1, is_start=True), node(2, requires_approval=True), node(3, is_end=True)),
    edges=(edge(10, 1, 2), edge(11, 2, 3, "approve"), edge(12, 2, 1, "reject")),
)


def found(graph: Graph, **values: Any) -> list[tuple[str, int | None, int | None]]:
    listed = faults(graph, **{"members": {1: 2}, "slas": SLAS} | values)
    assert all(fault.message for fault in listed)
    return [(fault.code, fault.step_id, fault.transition_id) for fault in listed]


def changed(step_id: int, **values: Any) -> Graph:
    nodes = [replace(n, **values) if n.step_id == step_id else n for n in GOOD.nodes]
    return Graph(nodes=tuple(nodes), edges=GOOD.edges)


def with_edges(*edges: Edge) -> Graph:
    return Graph(nodes=GOOD.nodes, edges=edges)


def test_a_good_graph_has_no_fault() -> None:
    assert found(GOOD) == []


def test_an_edge_to_nowhere_is_an_end_too() -> None:
    nodes = (node(1, is_start=True), node(2))
    assert found(Graph(nodes=nodes, edges=(edge(10, 1, 2), edge(11, 2, None)))) == []


def test_an_approved_step_ends_over_its_approve_edges_and_not_by_its_mark() -> None:
    both = (edge(11, 1, 1, "approve"), edge(12, 1, 1, "reject"))
    signed = node(1, is_start=True, is_end=True, requires_approval=True)
    assert found(Graph(nodes=(signed,), edges=both)) == [("NO_END", None, None)]
    over = (edge(11, 1, None, "approve"), edge(12, 1, 1, "reject"))
    assert found(Graph(nodes=(signed,), edges=over)) == []


def test_nothing_at_all() -> None:
    assert found(Graph(nodes=(), edges=())) == [("NO_START", None, None), ("NO_END", None, None)]


@pytest.mark.parametrize(
    ("graph", "fault"),
    [
        (changed(1, is_start=False), ("NO_START", None, None)),
        (changed(1, weight=0), ("WEIGHT_NOT_POSITIVE", 1, None)),
        (changed(1, weight=-1), ("WEIGHT_NOT_POSITIVE", 1, None)),
        (changed(2, role_id=None), ("NO_ROLE", 2, None)),
        (changed(2, role_id=5), ("ROLE_WITHOUT_MEMBER", 2, None)),
        (changed(2, approvals_needed=3), ("TOO_FEW_APPROVERS", 2, None)),
        (changed(2, escalate_to_role_id=5), ("ESCALATION_WITHOUT_MEMBER", 2, None)),
        (with_edges(*GOOD.edges, edge(13, 1, 2)), ("DUPLICATE_EDGE", 1, 13)),
        (with_edges(GOOD.edges[0], GOOD.edges[1]), ("NO_REJECT_EDGE", 2, None)),
        (
            with_edges(edge(10, 1, 2), edge(11, 2, 3), edge(12, 2, 1, "reject")),
            ("NO_APPROVE_EDGE", 2, None),
        ),
    ],
)
def test_one_fault_is_found_and_named(
    graph: Graph, fault: tuple[str, int | None, int | None]
) -> None:
    assert found(graph) == [fault]


def test_several_starts_are_each_named() -> None:
    assert found(changed(3, is_start=True)) == [
        ("SEVERAL_STARTS", 1, None),
        ("SEVERAL_STARTS", 3, None),
    ]


def test_a_step_that_cannot_be_reached_and_one_that_leads_nowhere() -> None:
    graph = Graph(nodes=(*GOOD.nodes, node(4)), edges=GOOD.edges)
    assert found(graph) == [("UNREACHABLE", 4, None), ("DEAD_END", 4, None)]


def test_a_circle_without_a_way_out() -> None:
    nodes = (*GOOD.nodes, node(4), node(5))
    edges = (*GOOD.edges, edge(13, 1, 4), edge(14, 4, 5), edge(15, 5, 4))
    assert found(Graph(nodes=nodes, edges=edges)) == [
        ("NO_WAY_TO_END", 4, None),
        ("NO_WAY_TO_END", 5, None),
    ]


def test_no_end_is_one_fault_and_not_one_for_each_step() -> None:
    nodes = (node(1, is_start=True), node(2))
    graph = Graph(nodes=nodes, edges=(edge(10, 1, 2), edge(11, 2, 1)))
    assert found(graph) == [("NO_END", None, None)]


def test_times_out_of_order() -> None:
    assert found(GOOD, slas=SLAS | {"urgent": timedelta(0), "low": timedelta(hours=1)}) == [
        ("SLA_NOT_POSITIVE", None, None),
        ("SLA_ORDER", None, None),
    ]


def test_a_calendar_that_never_opens_gives_no_deadline() -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    every_monday = [date(2026, 11, 23) + timedelta(weeks=n) for n in range(60)]
    hours = {"mon": [["09:00", "17:00"]]}
    closed = BusinessCalendar.of(time_zone="UTC", weekly_hours=hours, holidays=every_monday)
    assert [each.code for each in calendar_faults(closed, slas=SLAS, at=monday)] == [
        "NO_BUSINESS_HOUR"
    ]
    opened = BusinessCalendar.of(time_zone="UTC", weekly_hours=hours, holidays=every_monday[:3])
    assert calendar_faults(opened, slas=SLAS, at=monday) == []


def test_several_ways_between_the_same_steps_are_no_fault() -> None:
    ways = [
        Edge(transition_id=20, from_step=1, to_step=2, name="By hand", kind=EdgeKind.FORWARD),
        Edge(transition_id=21, from_step=1, to_step=2, name="By mail", kind=EdgeKind.FORWARD),
        edge(22, 1, 1),
    ]
    assert found(with_edges(*GOOD.edges, *ways)) == []


def test_all_faults_come_together() -> None:
    broken = Graph(
        nodes=(
            node(1, is_start=True, weight=0),
            node(2, is_start=True, role_id=None, requires_approval=True),
            node(3, is_end=True, role_id=9),
        ),
        edges=(edge(10, 1, 2), edge(11, 1, 2)),
    )
    assert {code for code, *_ in found(broken)} == {
        "SEVERAL_STARTS",
        "UNREACHABLE",
        "DEAD_END",
        "NO_WAY_TO_END",
        "WEIGHT_NOT_POSITIVE",
        "NO_ROLE",
        "ROLE_WITHOUT_MEMBER",
        "NO_APPROVE_EDGE",
        "NO_REJECT_EDGE",
        "DUPLICATE_EDGE",
    }


@given(data=st.data())
def test_from_every_step_of_a_faultless_graph_some_way_leads_to_an_end(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6))
    step = st.integers(1, size)
    ways = data.draw(st.lists(st.tuples(step, st.none() | step), max_size=14, unique=True))
    end = data.draw(step)
    graph = Graph(
        nodes=tuple(node(n, is_start=n == 1, is_end=n == end) for n in range(1, size + 1)),
        edges=tuple(edge(100 + n, *way) for n, way in enumerate(ways)),
    )
    if found(graph):
        return
    ends = {end} | {e.from_step for e in graph.edges if e.to_step is None}
    for start in range(1, size + 1):
        seen, waiting = {start}, [start]
        while waiting:
            for each in graph.edges_from(waiting.pop()):
                if each.to_step is not None and each.to_step not in seen:
                    seen.add(each.to_step)
                    waiting.append(each.to_step)
        assert seen & ends
