"""Every graph that may be deployed can be walked to an end; a finished run leaves nothing open."""

import os
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from walking import leave
from world import SLA_S, freeze, received, role, workflow

from workflow_api.tasks import routing
from workflow_api.tasks.models import Assignment, Task, TaskEvent
from workflow_api.tasks.routing import Exit
from workflow_api.tasks.states import State
from workflow_api.workflows.faults import faults
from workflow_api.workflows.graph import Edge, EdgeKind, Graph, Node

EXAMPLES = int(os.environ.get("WALK_EXAMPLES", "12"))
ROLE = 3
SLAS = {name: timedelta(seconds=seconds) for name, seconds in SLA_S.items()}
AWAY = 10**6


def faults_of(graph: Graph) -> list[str]:
    return [each.code for each in faults(graph, members={ROLE: 9}, slas=SLAS)]


@st.composite
def drawn_graphs(draw: st.DrawFn) -> Graph:
    """Draw any graph of one to six steps; about every second may be deployed."""
    size = draw(st.integers(1, 6))
    steps = st.integers(1, size)
    nodes = tuple(
        Node(
            step_id=step_id,
            name=f"Step {step_id}",
            role_id=ROLE,
            role="L1 Support",
            is_start=step_id == 1,
            is_end=draw(st.integers(0, 3)) == 0,
            requires_approval=draw(st.integers(0, 3)) == 0,
        )
        for step_id in range(1, size + 1)
    )
    drawn = draw(
        st.lists(st.tuples(steps, st.none() | steps, st.sampled_from(EdgeKind)), max_size=6)
    )
    for node in nodes:
        onward = draw(steps) if node.is_end else draw(st.none() | steps)
        kinds = (
            [EdgeKind.APPROVE, EdgeKind.REJECT] if node.requires_approval else [EdgeKind.FORWARD]
        )
        drawn += [(node.step_id, onward, kind) for kind in kinds]
        if node.step_id > 1:
            drawn.append((node.step_id - 1, node.step_id, EdgeKind.FORWARD))
    edges = [
        Edge(transition_id=number, from_step=source, to_step=target, kind=kind)
        for number, (source, target, kind) in enumerate(dict.fromkeys(drawn), 100)
    ]
    return Graph(nodes, tuple(edges))


def steps_to_end(graph: Graph) -> dict[int, int]:
    """Return how many acts each step is from an end, over the exits that a person is offered."""
    ways = {node.step_id: list(routing.exits(graph, node.step_id)) for node in graph.nodes}
    far: dict[int | None, int] = {None: 0}
    for _ in graph.nodes:
        for step_id, exits in ways.items():
            nearest = min((far.get(each.to_step, AWAY) for each in exits), default=AWAY)
            far[step_id] = min(far.get(step_id, AWAY), nearest + 1)
    return {step_id: far[step_id] for step_id in ways}


@given(drawn_graphs())
def test_from_every_step_of_a_graph_that_may_be_deployed_an_end_is_offered(graph: Graph) -> None:
    assume(not faults_of(graph))
    assert max(steps_to_end(graph).values()) < AWAY


def nearest(graph: Graph, task: Task, far: Mapping[int | None, int]) -> Exit:
    ways = routing.exits(graph, task.current_step_id)
    return min(ways, key=lambda each: far.get(each.to_step, 0))


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
@given(graph=drawn_graphs(), turns=st.lists(st.integers(0, 99), max_size=10))
def test_a_walk_that_prefers_ends_is_over_and_leaves_nothing_open(
    graph: Graph, turns: list[int]
) -> None:
    """Wander as the draw says, then go the shortest way: each act is one step nearer to the end."""
    assume(not faults_of(graph))
    savepoint = transaction.savepoint()
    role(1, "Admin", 1)
    agents = role(ROLE, "L1 Support", 11, 12)
    made = workflow([{"name": "Only", "role": agents, "is_end": True}])
    freeze(made.workflow, graph)
    task, far = received(), steps_to_end(graph)

    for turn in turns:
        if task.is_open:
            ways = list(routing.exits(graph, task.current_step_id))
            task = leave(task, ways[turn % len(ways)])
    left = far[task.current_step_id] if task.is_open else 0
    for ahead in range(left, 0, -1):
        assert far[task.current_step_id] == ahead
        task = leave(task, nearest(graph, task, far))

    assert task.state == State.COMPLETED
    assert task.result in {"resolved", "rejected"}
    check_finished(task)
    transaction.savepoint_rollback(savepoint)


def check_finished(task: Task) -> None:
    """Every step that was entered was held, and everything held is closed with an outcome."""
    held = Assignment.objects.filter(task=task)
    assert not held.filter(closed_at=None).exists()
    assert not held.filter(outcome="").exists()
    entered = 1 + TaskEvent.objects.filter(task=task, kind="step_entered").count()
    assert held.exclude(weight=0).count() == entered
    assert Task.objects.get(pk=task.pk).completed_at is not None
