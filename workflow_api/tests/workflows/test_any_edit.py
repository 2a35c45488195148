"""Any edit of a graph, deploy and run, in any order: what was deployed stays, what runs goes on."""

import itertools
import os
from typing import Any

import pytest
from builders import AT, draft, edge, node, person, role, save_graph
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from walking import leave
from world import principal, received

from servicekit.errors import Conflict, DomainError, Invalid
from workflow_api.roles.models import Member
from workflow_api.tasks import routing
from workflow_api.tasks.models import Assignment, Task
from workflow_api.workflows import selectors, services
from workflow_api.workflows.graph import Edge, Graph, Node
from workflow_api.workflows.models import Status, Workflow, WorkflowVersion
from workflow_api.workflows.services.rows import CannotDeploy

EXAMPLES = int(os.environ.get("GRAPH_EDIT_EXAMPLES", "8"))
STEPS = int(os.environ.get("GRAPH_EDIT_STEPS", "30"))
ADMIN = principal(1, "Admin")
KINDS = ("forward", "forward", "approve", "reject")
FLAGS = ("is_start", "is_end", "requires_approval")
PICK = st.integers(0, 10**6)
_serial = itertools.count(1)


def clerks(step_id: str, **values: Any) -> dict[str, Any]:
    """Return a new step, of the role that always has a member unless told."""
    return node(step_id, None) | {"role": "Clerks"} | values


def node_in(found: Node) -> dict[str, Any]:
    """Return a step as a caller would send it back."""
    sent = {name: getattr(found, name) for name in ("name", "weight", "order", *FLAGS)}
    return {"step_id": found.step_id, "role": found.role_id, **sent}


def edge_in(found: Edge) -> dict[str, Any]:
    """Return a transition as a caller would send it back."""
    named = {"transition_id": found.transition_id, "name": found.name, "kind": found.kind.value}
    return edge(found.from_step, found.to_step, **named)


class LifeOfADefinition(RuleBasedStateMachine):
    """Somebody draws while others deploy and tickets run."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.kind = f"Kind {next(_serial)}"
        self.made = draft(self.kind, category=self.kind)
        self.versions: dict[int, Any] = {}
        self.pinned: dict[int, int] = {}
        save_graph(
            self.made,
            [clerks("temp-a", is_start=True), clerks("temp-b")],
            [edge("temp-a", "temp-b"), edge("temp-b", None)],
        )
        services.deploy(workflow_id=self.made.pk, by=ADMIN, at=timezone.now())
        self.now = self.workflow

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @property
    def workflow(self) -> Workflow:
        return Workflow.objects.get(pk=self.made.pk)

    @property
    def drawn(self) -> Graph:
        return selectors.draft_of(self.workflow)

    def save(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
        """Save the whole graph; refused, it stays as it was."""
        before, revision = self.drawn, self.workflow.revision
        try:
            saved = save_graph(self.workflow, nodes, edges)
        except DomainError:
            assert self.drawn == before
            assert self.workflow.revision == revision
        else:
            assert saved.graph == self.drawn
            counted = len(saved.graph.nodes), len(saved.graph.edges)
            assert counted == (len(nodes), len(edges))

    def parts(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        drawn = self.drawn
        return [node_in(each) for each in drawn.nodes], [edge_in(each) for each in drawn.edges]

    @rule(pick=PICK, kind=st.sampled_from(KINDS), flag=st.sampled_from([*FLAGS[1:], ""]))
    def add_a_step(self, pick: int, kind: str, flag: str) -> None:
        nodes, edges = self.parts()
        new = f"temp-{pick}"
        if nodes:
            edges.append(edge(nodes[pick % len(nodes)]["step_id"], new, kind=kind))
        role_name = "Ghosts" if pick % 7 == 0 else "Clerks"
        more = {flag: True} if flag else {}
        self.save([*nodes, clerks(new, role=role_name, **more)], edges)

    @rule(pick=PICK, change=st.sampled_from([*FLAGS, "role", "weight", "name"]))
    def change_a_step(self, pick: int, change: str) -> None:
        nodes, edges = self.parts()
        if not nodes:
            return
        changed = nodes[pick % len(nodes)]
        values = {"role": "Ghosts" if pick % 5 == 0 else "Clerks", "weight": pick % 4}
        values |= {"name": f"Step {pick}"}
        changed[change] = values[change] if change in values else not changed[change]
        self.save(nodes, edges)

    @rule(pick=PICK)
    def delete_a_step(self, pick: int) -> None:
        nodes, edges = self.parts()
        if not nodes:
            return
        gone = nodes.pop(pick % len(nodes))["step_id"]
        self.save(nodes, [each for each in edges if gone not in {each["from"], each["to"]}])

    @rule(pick=PICK, to=PICK, kind=st.sampled_from(KINDS), ends=st.booleans())
    def add_a_transition(self, pick: int, to: int, kind: str, ends: bool) -> None:
        nodes, edges = self.parts()
        if nodes:
            target = None if ends else nodes[to % len(nodes)]["step_id"]
            new = edge(nodes[pick % len(nodes)]["step_id"], target, kind=kind, name=f"way {to % 9}")
            self.save(nodes, [*edges, new])

    @rule(pick=PICK)
    def delete_a_transition(self, pick: int) -> None:
        nodes, edges = self.parts()
        if edges:
            edges.pop(pick % len(edges))
            self.save(nodes, edges)

    @rule()
    def name_a_step_that_is_gone(self) -> None:
        nodes, edges = self.parts()
        before = self.drawn
        with pytest.raises(Invalid):
            save_graph(self.workflow, [*nodes, node(2**40, None, name="Lost")], edges)
        assert self.drawn == before

    @rule()
    def save_what_was_read_before_somebody_else_saved(self) -> None:
        nodes, _ = self.parts()
        if nodes:
            before = self.drawn
            with pytest.raises(Conflict):
                save_graph(self.workflow, nodes[:1], [], version=self.workflow.revision + 1)
            assert self.drawn == before

    @rule(is_active=st.booleans())
    def somebody_comes_or_goes(self, is_active: bool) -> None:
        Member.objects.filter(role__name="Ghosts").update(is_active=is_active)

    @rule()
    def repair(self) -> None:
        """Draw the smallest graph that is sound, as somebody would who gives up."""
        self.save(
            [clerks("temp-a", is_start=True), clerks("temp-b")],
            [
                edge("temp-a", "temp-b"),
                edge("temp-b", None),
                edge("temp-b", "temp-a", kind="reject"),
            ],
        )

    @rule()
    def deploy(self) -> None:
        versions = WorkflowVersion.objects.filter(workflow=self.made)
        before, faults = versions.count(), selectors.faults_of(self.workflow, at=AT)
        refused: list[str] = []
        try:
            services.deploy(workflow_id=self.made.pk, by=ADMIN, at=timezone.now())
        except CannotDeploy as exc:
            refused = [each["code"] for each in exc.details["faults"]]
        assert refused == [each.code for each in faults]
        if refused:
            assert versions.count() == before
        else:
            deployed = self.workflow
            assert deployed.status == Status.DEPLOYED
            assert deployed.current_version is not None
            assert Graph.of(deployed.current_version.graph) == self.drawn

    @precondition(lambda self: self.now.status == Status.DEPLOYED)
    @rule(turns=st.lists(PICK, max_size=4))
    def a_ticket_comes(self, turns: list[int]) -> None:
        task = received(category=self.kind, sub_category="Anything")
        assert task.workflow_version_id == self.workflow.current_version_id
        self.pinned[task.pk] = task.workflow_version_id
        version = WorkflowVersion.objects.get(pk=task.workflow_version_id)
        self.versions.setdefault(version.pk, version.graph)
        for turn in turns:
            self.go_on_with(task.pk, turn)

    @precondition(lambda self: self.now.status in {Status.DEPLOYED, Status.PAUSED})
    @rule()
    def pause_or_resume(self) -> None:
        act = services.pause if self.workflow.status == Status.DEPLOYED else services.resume
        act(workflow_id=self.made.pk, by=ADMIN, at=timezone.now())

    @precondition(lambda self: self.pinned)
    @rule(pick=PICK, way=PICK)
    def go_on(self, pick: int, way: int) -> None:
        """Leave the step over any way of the version that the task began on: it is let through."""
        self.go_on_with(sorted(self.pinned)[pick % len(self.pinned)], way)

    def go_on_with(self, number: int, way: int) -> None:
        task = Task.objects.get(pk=number)
        if not task.is_open:
            return
        graph = Graph.of(self.versions[task.workflow_version_id])
        ways = list(routing.exits(graph, task.current_step_id))
        chosen = ways[way % len(ways)]
        after = leave(task, chosen)
        if chosen.to_step is None:
            assert not after.is_open
        else:
            assert after.current_step_id == chosen.to_step

    @invariant()
    def what_was_deployed_never_changes(self) -> None:
        self.now = self.workflow
        for version in WorkflowVersion.objects.filter(workflow=self.made):
            assert self.versions.setdefault(version.pk, version.graph) == version.graph

    @invariant()
    def tasks_stay_on_their_version_and_are_held_by_one(self) -> None:
        for task in Task.objects.filter(pk__in=self.pinned):
            assert task.workflow_version_id == self.pinned[task.pk]
            assert Graph.of(self.versions[task.workflow_version_id]).has_node(task.current_step_id)
            held = Assignment.objects.filter(task=task, closed_at=None).count()
            assert held == int(task.is_open and task.assignee_id is not None)


@pytest.mark.django_db
def test_no_sequence_of_edits_disturbs_what_was_deployed_or_runs() -> None:
    person(12, "clerk.cleo", role(201, "Clerks"))
    person(13, "ghost.gil", role(202, "Ghosts"))
    run_state_machine_as_test(
        LifeOfADefinition,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
        ),
    )
