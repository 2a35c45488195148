"""What a caller can do with a task right now. No queries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from servicekit.auth import Principal
from workflow_api.roles.selectors import Deputy
from workflow_api.workflows.graph import Graph

from . import rights, routing
from .approvals import DECISIONS, Approver
from .models import Task
from .routing import Action, Exit
from .states import OPEN, WORKABLE, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Available:
    """One action, as the API offers it; `kind` is that of the transition, if it takes one."""

    action: str
    name: str
    needs_reason: bool = False
    transition_id: int | None = None
    kind: str = ""
    to_step: int | None = None
    to_step_name: str = ""


def available_actions(
    task: Task,
    graph: Graph,
    *,
    by: Principal,
    role_ids: Collection[int],
    deputy: Deputy,
) -> list[Available]:
    """Return what the caller may do; `role_ids` are the roles that the caller holds."""
    approver = Approver(by=by, role_ids=frozenset(role_ids), deputy=deputy)
    return [
        *_of_worker(task, graph, approver=approver),
        *_of_member(task, role_ids=role_ids),
        *_of_people_in_charge(task, graph, by=by),
        *_of_coordinator(task, by=by),
    ]


def _of_worker(task: Task, graph: Graph, *, approver: Approver) -> Iterator[Available]:
    state, may_work = State(task.state), rights.may_work(task, approver.by)
    may_decide = approver.may_decide(task, graph.node(task.current_step_id))
    if may_work and state is State.PENDING:
        yield Available(action="start", name="Start")
    if state in WORKABLE:
        for way in routing.exits(graph, task.current_step_id):
            if way.action is Action.COMPLETE and state is not State.IN_PROGRESS:
                continue
            if may_decide if way.action in DECISIONS else may_work:
                yield _over(way, graph)


def _over(way: Exit, graph: Graph) -> Available:
    kind = "forward" if way.action is Action.TRANSITION else way.action.value
    return Available(
        action=way.action,
        name=way.name,
        needs_reason=way.needs_reason,
        transition_id=way.transition_id,
        kind=kind if way.transition_id is not None else "",
        to_step=way.to_step,
        to_step_name=graph.node(way.to_step).name if way.to_step is not None else "",
    )


def _of_member(task: Task, *, role_ids: Collection[int]) -> Iterator[Available]:
    is_free = State(task.state) in WORKABLE and task.assignee_id is None
    if is_free and task.current_role_id in role_ids:
        yield Available(action="claim", name="Claim")


def _of_people_in_charge(task: Task, graph: Graph, *, by: Principal) -> Iterator[Available]:
    state = State(task.state)
    if not rights.is_in_charge(task, by):
        return
    if state in WORKABLE:
        yield Available(action="hold", name="Put on hold", needs_reason=True)
    if state in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        yield Available(action="resume", name="Resume")
    if state in OPEN and task.assignee_id is not None:
        yield Available(action="transfer", name="Transfer", needs_reason=True)
    if state in WORKABLE and may_escalate(task, graph):
        yield Available(action="escalate", name="Escalate", needs_reason=True)
    if state is State.COMPLETED:
        yield Available(action="reopen", name="Reopen", needs_reason=True)


def _of_coordinator(task: Task, *, by: Principal) -> Iterator[Available]:
    state = State(task.state)
    if not rights.may_coordinate(task, by):
        return
    if state in OPEN:
        yield Available(action="assign", name="Assign")
    if state is State.COMPLETED:
        yield Available(action="close", name="Close")


def may_escalate(task: Task, graph: Graph) -> bool:
    """Whether the step names a role to escalate to, and the task is not there already."""
    target = graph.node(task.current_step_id).escalate_to_role_id
    return target is not None and target != task.current_role_id
