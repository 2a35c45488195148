"""What a caller can do with a task right now. No queries."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from servicekit.auth import Principal
from workflow_api.roles.selectors import Deputy
from workflow_api.workflows.graph import Graph

from . import rights, routing
from .approvals import DECISIONS, Approver
from .models import Branch, Place, Task
from .routing import Action, Exit
from .states import OPEN, WORKABLE, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Available:
    """One action, as the API offers it; `kind` is that of the transition, if it takes one.

    `branch` is null for what is done with the whole task.
    """

    action: str
    name: str
    needs_reason: bool = False
    transition_id: int | None = None
    kind: str = ""
    to_step: int | None = None
    to_step_name: str = ""
    branch: int | None = None


def available_actions(
    task: Task,
    graph: Graph,
    *,
    by: Principal,
    role_ids: Collection[int],
    deputy: Deputy,
    branches: Collection[Branch] = (),
) -> list[Available]:
    """Return what the caller may do; `role_ids` are the roles that the caller holds.

    A task that is split offers what can be done with each of its `branches` under way.
    """
    approver = Approver(by=by, role_ids=frozenset(role_ids), deputy=deputy)
    places: list[Place] = [*branches] or [task]
    return [
        *_each(places, lambda place: _of_worker(place, graph, approver=approver)),
        *_each(places, lambda place: _of_member(place, role_ids=role_ids)),
        *_of_people_in_charge(task, places, by=by),
        *_each(places, lambda place: _of_people_in_charge_of_step(place, graph, by=by)),
        *_of_coordinator(task, by=by),
    ]


def _each(
    places: Iterable[Place], offered: Callable[[Place], Iterable[Available]]
) -> Iterator[Available]:
    for place in places:
        branch = place.id if isinstance(place, Branch) else None
        yield from (replace(each, branch=branch) for each in offered(place))


def _of_worker(place: Place, graph: Graph, *, approver: Approver) -> Iterator[Available]:
    state, may_work = State(place.run.state), rights.may_work(place, approver.by)
    may_decide = approver.may_decide(place, graph.node(place.current_step_id))
    if may_work and state in WORKABLE and place.state == State.PENDING:
        yield Available(action="start", name="Start")
    if state in WORKABLE:
        for way in routing.exits(graph, place.current_step_id):
            if way.action is Action.COMPLETE and state is not State.IN_PROGRESS:
                continue
            if may_decide if way.action in DECISIONS else may_work:
                yield _over(way, graph)


def _over(way: Exit, graph: Graph) -> Available:
    kind = "forward" if way.action is Action.TRANSITION else way.action.value
    to_steps = [each.to_step for each in way.opens] or [way.to_step]
    return Available(
        action=way.action,
        name=way.name,
        needs_reason=way.needs_reason,
        transition_id=way.transition_id,
        kind=kind if way.transition_id is not None else "",
        to_step=way.to_step,
        to_step_name=", ".join(graph.node(each).name for each in to_steps if each is not None),
    )


def _of_member(place: Place, *, role_ids: Collection[int]) -> Iterator[Available]:
    is_free = State(place.run.state) in WORKABLE and place.assignee_id is None
    if is_free and place.current_role_id in role_ids:
        yield Available(action="claim", name="Claim")


def _of_people_in_charge_of_step(
    place: Place, graph: Graph, *, by: Principal
) -> Iterator[Available]:
    state = State(place.run.state)
    if rights.is_in_charge(place, by):
        if state in OPEN and place.assignee_id is not None:
            yield Available(action="transfer", name="Transfer", needs_reason=True)
        if state in WORKABLE and may_escalate(place, graph):
            yield Available(action="escalate", name="Escalate", needs_reason=True)
    if state in OPEN and rights.may_coordinate(place.run, by):
        yield Available(action="assign", name="Assign")


def _of_people_in_charge(
    task: Task, places: Collection[Place], *, by: Principal
) -> Iterator[Available]:
    state = State(task.state)
    if not any(rights.is_in_charge(place, by) for place in places):
        return
    if state in WORKABLE:
        yield Available(action="hold", name="Put on hold", needs_reason=True)
    if state in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        yield Available(action="resume", name="Resume")
    if state is State.COMPLETED:
        yield Available(action="reopen", name="Reopen", needs_reason=True)


def _of_coordinator(task: Task, *, by: Principal) -> Iterator[Available]:
    if State(task.state) is State.COMPLETED and rights.may_coordinate(task, by):
        yield Available(action="close", name="Close")


def may_escalate(place: Place, graph: Graph) -> bool:
    """Whether the step names a role to escalate to, and is not there already."""
    target = graph.node(place.current_step_id).escalate_to_role_id
    return target is not None and target != place.current_role_id
