"""Which transitions leave a step, over any graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_api.tasks import routing
from workflow_api.tasks.routing import Action
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node

STEP_IDS = range(1, 6)


@st.composite
def graphs(draw):
    nodes = tuple(
        Node(
            step_id=step_id,
            name=f"Step {step_id}",
            role_id=3,
            is_start=step_id == 1,
            is_end=draw(st.booleans()),
            requires_approval=draw(st.booleans()),
        )
        for step_id in STEP_IDS
    )
    ends = st.tuples(
        st.sampled_from(STEP_IDS),
        st.sampled_from([None, *STEP_IDS]),
        st.sampled_from(list(EdgeKind)),
    )
    edges = tuple(
        Edge(transition_id=number, from_step=source, to_step=target, kind=kind)
        for number, (source, target, kind) in enumerate(draw(st.lists(ends, max_size=12)), 100)
    )
    return Graph(nodes, edges)


@given(graphs(), st.sampled_from(STEP_IDS), st.integers(90, 130))
def test_a_transition_can_be_taken_exactly_from_the_step_that_it_leaves(graph, step_id, number):
    def take():
        return routing.exit_by_transition(
            graph, step_id=step_id, transition_id=number, task_id="T-1"
        )

    if not graph.has_edge(number):
        with pytest.raises(routing.TransitionNotFound):
            take()
    elif graph.edge(number).from_step != step_id:
        with pytest.raises(routing.NotFromHere):
            take()
    else:
        assert take().to_step == graph.edge(number).to_step


@given(graphs(), st.sampled_from(STEP_IDS), st.sampled_from(list(Action)))
def test_an_action_finds_its_only_exit_and_asks_where_there_are_several(graph, step_id, action):
    found = [each for each in routing.exits(graph, step_id) if each.action is action]

    def take(transition_id=None):
        return routing.exit_by_action(
            graph, step_id=step_id, action=action, transition_id=transition_id, task_id="T-1"
        )

    if not found:
        with pytest.raises(routing.NoSuchExit):
            take()
    elif len(found) == 1:
        assert take() == found[0]
    else:
        with pytest.raises(routing.ChooseTransition) as asked:
            take()
        assert all(str(each.transition_id) in asked.value.sentence for each in found)
        assert take(found[-1].transition_id) == found[-1]


@given(graphs(), st.sampled_from(STEP_IDS))
def test_every_edge_and_every_end_is_offered_once(graph, step_id):
    ways = list(routing.exits(graph, step_id))
    node = graph.node(step_id)

    by_edge = [each.transition_id for each in ways if each.transition_id is not None]
    in_step = [each for each in ways if each.transition_id is None]
    assert by_edge == [edge.transition_id for edge in graph.edges_from(step_id)]
    assert len(in_step) <= int(node.is_end)
    assert all(each.ends_run for each in in_step)
    assert all(each.needs_reason == (each.action is Action.REJECT) for each in ways)


def test_a_chosen_transition_must_be_of_the_kind_of_the_action():
    node = Node(step_id=1, name="Sign", role_id=3)
    edge = Edge(transition_id=100, from_step=1, to_step=None, kind=EdgeKind.APPROVE)

    with pytest.raises(routing.NoSuchExit):
        routing.exit_by_action(
            Graph((node,), (edge,)), step_id=1, action=Action.REJECT, transition_id=100,
            task_id="T-1",
        )  # fmt: skip
