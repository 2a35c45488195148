"""Forks and joins: what a definition of parallel work may look like, and what it costs in time."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.workflows.faults import faults
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node
from workflow_api.workflows.regions import region_of

SLAS = {name: timedelta(hours=n) for n, name in enumerate(("urgent", "high", "medium", "low"), 1)}
STEPS = ["start", "fork", "a1", "a2", "b", "join", "last"]
WAYS = ["start>fork", "fork>a1", "a1>a2", "a2>join", "fork>b", "b>join", "join>last"]


def graph(*ways, steps=STEPS, **marks):
    """A graph of steps by name: edges `from>to`, `from>to:kind`, and marks by step."""
    marks = {"start": {"is_start": True}, "last": {"is_end": True}, "fork": {"fork": True}} | {
        "join": {"join": "all"}
    } | marks  # fmt: skip
    ids = {name: number for number, name in enumerate(steps, 1)}
    nodes = [
        Node(step_id=number, name=name, role_id=1, role="L1", **marks.get(name, {}))
        for name, number in ids.items()
    ]
    numbers, edges = count(100), []
    for way in ways:
        ends, _, kind = way.partition(":")
        source, _, target = ends.partition(">")
        edges.append(
            Edge(
                transition_id=next(numbers),
                from_step=ids[source],
                to_step=ids[target] if target else None,
                kind=EdgeKind(kind or "forward"),
            )
        )
    return Graph(nodes=tuple(nodes), edges=tuple(edges))


def found(drawn):
    names = {node.step_id: node.name for node in drawn.nodes}
    listed = faults(drawn, members={1: 9}, slas=SLAS)
    assert all(fault.message for fault in listed)
    return sorted((fault.code, names.get(fault.step_id)) for fault in listed)


def test_two_branches_that_join_are_no_fault():
    drawn = graph(*WAYS)
    region = region_of(drawn, 2)

    assert found(drawn) == []
    assert [sorted(lane.steps) for lane in region.lanes] == [[3, 4], [5]]
    assert region.join == 6


@pytest.mark.parametrize(
    "more",
    [
        ["a2>a1"],  # work again within the branch
        ["a2>start:reject"],  # a rejection takes everything back
        ["a1>last:reject"],  # or leads past the join
        ["a1>join:reject"],  # or counts as the answer of the branch
        ["last>join:reject", "last>start:reject"],
        ["start>join"],  # a way around the parallel part
        ["start>last"],
    ],
)
def test_what_leads_around_back_or_out_by_rejection_is_no_fault(more):
    assert found(graph(*WAYS, *more)) == []


def test_a_rejection_may_lead_to_a_step_that_only_rejections_reach():
    steps = [*STEPS, "handle"]
    ways = [*WAYS, "a1>handle:reject", "b>handle:reject", "handle>last"]
    assert found(graph(*ways, steps=steps)) == []


def test_an_approved_fork_opens_its_approve_edges():
    ways = ["start>fork", "fork>a1:approve", "fork>b:approve", "fork>start:reject"]
    ways += ["a1>join", "b>join", "join>last", "fork>last"]
    steps = [each for each in STEPS if each != "a2"]
    drawn = graph(*ways, steps=steps, fork={"fork": True, "requires_approval": True})

    assert found(drawn) == []
    assert [edge.transition_id for edge in drawn.fork_edges(2)] == [101, 102]


def test_one_region_may_follow_another_and_a_join_may_fork():
    steps = [*STEPS, "c", "d", "second"]
    ways = ["start>fork", "fork>a1", "a1>a2", "a2>join", "fork>b", "b>join", "join>c", "join>d"]
    ways += ["c>second", "d>second", "second>last", "c>start:reject", "a1>second:reject"]
    marks = {"join": {"join": "all", "fork": True}, "second": {"join": 1}}
    assert found(graph(*ways, steps=steps, **marks)) == []


@pytest.mark.parametrize(
    ("dropped", "more", "marks", "fault"),
    [
        (["fork>b"], ["start>b"], {}, ("FORK_WITHOUT_BRANCHES", "fork")),
        ([], [], {"join": {}}, ("FORK_WITHOUT_JOIN", "fork")),
        ([], [], {"last": {"join": "all", "is_end": True}}, ("JOIN_WITHOUT_FORK", "last")),
        ([], [], {"join": {"join": 3}}, ("JOIN_WAITS_FOR_TOO_MANY", "join")),
        ([], [], {"a1": {"fork": True}}, ("NESTED_FORK", "a1")),
        ([], ["a1>b"], {}, ("BRANCHES_OVERLAP", "b")),
        ([], ["fork>join"], {}, ("EMPTY_BRANCH", "fork")),
        ([], ["a1>"], {}, ("END_IN_BRANCH", "a1")),
        ([], ["a1>:reject"], {}, ("END_IN_BRANCH", "a1")),
        ([], ["fork>"], {}, ("END_IN_BRANCH", "fork")),
        ([], [], {"a2": {"is_end": True}}, ("END_IN_BRANCH", "a2")),
        ([], ["a1>last"], {}, ("BRANCH_NOT_CLOSED", "a1")),
        ([], ["a1>start"], {}, ("BRANCH_NOT_CLOSED", "a1")),
        ([], ["a1>fork"], {}, ("BRANCH_NOT_CLOSED", "a1")),
        ([], ["start>a2"], {}, ("FORK_WITHOUT_JOIN", "fork")),
        ([], ["start>b"], {}, ("BRANCH_NOT_CLOSED", "fork")),
        ([], ["last>b:reject"], {}, ("BRANCH_NOT_CLOSED", "fork")),
        ([], ["fork>last"], {}, ("BRANCH_NOT_CLOSED", "fork")),
        (["b>join"], ["b>last"], {"last": {"join": "first", "is_end": True}},
         ("SEVERAL_JOINS", "fork")),
    ],
)  # fmt: skip
def test_one_fault_is_found_and_named(dropped, more, marks, fault):
    ways = [way for way in WAYS if way not in dropped]
    assert fault in found(graph(*ways, *more, **marks))


def test_a_fork_is_not_its_own_join():
    marks = {"fork": {"fork": True, "join": "all", "is_end": True}}
    ways = ["start>fork", "fork>a1", "a1>fork", "fork>b", "b>fork"]
    drawn = graph(*ways, steps=["start", "fork", "a1", "b"], **marks)
    assert found(drawn) == [("FORK_WITHOUT_JOIN", "fork"), ("JOIN_WITHOUT_FORK", "fork")]


@pytest.mark.parametrize(("rule", "needed"), [("all", 3), ("first", 1), (2, 2), (None, 3)])
def test_how_many_must_arrive(rule, needed):
    assert Node(step_id=1, name="J", role_id=1, join=rule).arrivals_needed(3) == needed


def test_the_path_takes_the_longest_branch():
    marks = {"a1": {"weight": 2}, "a2": {"weight": 2}, "b": {"weight": 3}}
    assert [node.name for node in graph(*WAYS, **marks).path] == [
        "start",
        "fork",
        "a1",
        "a2",
        "join",
        "last",
    ]
    assert graph(*WAYS, **marks).path_weight == 8


def test_a_graph_frozen_before_there_were_forks_is_read():
    values = graph(*WAYS).as_json()
    for node in values["nodes"]:
        del node["fork"], node["join"]
    old = Graph.of(values)
    assert not old.has_forks
    assert [node.join for node in old.nodes] == [None] * 7
    assert Graph.of(graph(*WAYS).as_json()) == graph(*WAYS)


@given(
    ways=st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(STEPS), st.sampled_from(["", ":reject"])),
        max_size=12,
    ),
    rule=st.sampled_from(["all", "first", 2]),
)
def test_in_whatever_is_faultless_branches_stay_apart_until_they_join(ways, rule):
    drawn = graph(*WAYS, *(f"{a}>{b}{kind}" for a, b, kind in ways), join={"join": rule})
    if found(drawn):
        return
    region = region_of(drawn, 2)
    assert region.join == 6
    assert sum(len(lane.steps) for lane in region.lanes) == len(region.steps)
    for lane in region.lanes:
        into = {e.from_step for e in drawn.edges if e.to_step in lane.steps}
        assert into <= lane.steps | {2}
        onward = {
            e.to_step for e in drawn.edges if e.from_step in lane.steps and e.kind == "forward"
        }
        assert onward <= lane.steps | {6}
