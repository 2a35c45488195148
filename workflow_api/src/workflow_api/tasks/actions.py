"""What a caller can do with a task right now. No queries."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from servicekit.auth import Principal
from workflow_api.workflows.graph import Graph

from . import rights, routing
from .approvals import DECISIONS, Approver
from .chances import Chances, may_escalate
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
    places: Collection[Place],
    *,
    approver: Approver,
    chances: Chances,
) -> list[Available]:
    """Return what the caller may do now, all of it and nothing that would be refused.

    `places` are the branches under way of a task that is split, and else the task.
    """
    by = approver.by
    return [
        *_each(places, lambda place: _of_worker(place, graph, approver=approver, chances=chances)),
        *_each(places, lambda place: _of_member(place, role_ids=approver.role_ids)),
        *_of_people_in_charge(task, places, by=by, chances=chances),
        *_each(places, lambda place: _of_people_in_charge_of_step(place, graph, by, chances)),
        *_of_coordinator(task, by=by),
    ]


def _each(
    places: Iterable[Place], offered: Callable[[Place], Iterable[Available]]
) -> Iterator[Available]:
    for place in places:
        branch = place.id if isinstance(place, Branch) else None
        yield from (replace(each, branch=branch) for each in offered(place))


def _of_worker(
    place: Place, graph: Graph, *, approver: Approver, chances: Chances
) -> Iterator[Available]:
    state, may_work = State(place.run.state), rights.may_work(place, approver.by)
    may_decide = approver.may_decide(place, graph.node(place.current_step_id))
    if may_work and state in WORKABLE and place.state == State.PENDING:
        yield Available(action="start", name="Start")
    if state in WORKABLE:
        for way in routing.exits(graph, place.current_step_id):
            if way.action is Action.COMPLETE and state is not State.IN_PROGRESS:
                continue
            is_barred = way.action is Action.APPROVE and place.current_step_id in chances.barred
            if (may_decide if way.action in DECISIONS else may_work) and not is_barred:
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
    place: Place, graph: Graph, by: Principal, chances: Chances
) -> Iterator[Available]:
    state, step_id = State(place.run.state), place.current_step_id
    if rights.is_in_charge(place, by):
        if state in OPEN and step_id in chances.passable:
            yield Available(action="transfer", name="Transfer", needs_reason=True)
        if state in WORKABLE and may_escalate(place, graph) and step_id in chances.free_above:
            yield Available(action="escalate", name="Escalate", needs_reason=True)
    is_passable = state in OPEN and step_id in chances.passable
    if is_passable and rights.may_coordinate(place.run, by):
        yield Available(action="assign", name="Assign")


def _of_people_in_charge(
    task: Task, places: Collection[Place], *, by: Principal, chances: Chances
) -> Iterator[Available]:
    state = State(task.state)
    if not any(rights.is_in_charge(place, by) for place in places):
        return
    if state in WORKABLE:
        yield Available(action="hold", name="Put on hold", needs_reason=True)
    if state in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        yield Available(action="resume", name="Resume")
    if state is State.COMPLETED and not chances.is_ticket_busy:
        yield Available(action="reopen", name="Reopen", needs_reason=True)


def _of_coordinator(task: Task, *, by: Principal) -> Iterator[Available]:
    if State(task.state) is State.COMPLETED and rights.may_coordinate(task, by):
        yield Available(action="close", name="Close")
