"""Which transitions may be taken from a step, and where they lead. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from servicekit.errors import Conflict, Invalid, NotFound
from workflow_api.workflows.graph import Edge, EdgeKind, Graph


class TransitionNotFound(NotFound):
    message = "Transition {transition_id} does not belong to the workflow of task {task_id}."


class NotFromHere(Conflict):
    code = "TRANSITION_NOT_ALLOWED"
    message = "Transition {transition_id} does not leave the step {step}, where the task is."


class NoSuchExit(Conflict):
    code = "TRANSITION_NOT_ALLOWED"
    message = "The step {step} has no way to {action}."


class ChooseTransition(Invalid):
    message = "The step {step} has several ways to {action}: name one of {transition_ids}."


class Action(StrEnum):
    """What a person can do to leave a step."""

    TRANSITION = "transition"
    APPROVE = "approve"
    REJECT = "reject"
    COMPLETE = "complete"


ACTION_OF = {
    EdgeKind.FORWARD: Action.TRANSITION,
    EdgeKind.APPROVE: Action.APPROVE,
    EdgeKind.REJECT: Action.REJECT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """One way out of a step; without a `to_step` it ends the run.

    `transition_id` is null where the end lies in the step itself and not in an edge. A fork
    `opens` several branches at once; `to_step` is where the first of them begins.
    """

    action: Action
    transition_id: int | None
    name: str
    to_step: int | None
    opens: tuple[Edge, ...] = ()

    @property
    def ends_run(self) -> bool:
        return self.to_step is None

    @property
    def is_rejection(self) -> bool:
        return self.action is Action.REJECT

    @property
    def needs_reason(self) -> bool:
        return self.is_rejection


def exits(graph: Graph, step_id: int) -> Iterator[Exit]:
    """Yield every way out of a step, in the order of the graph; a fork's branches are one way."""
    opening = graph.fork_edges(step_id)
    for edge in graph.edges_from(step_id):
        if edge not in opening[1:]:
            yield _exit_over(edge, graph)
    if graph.is_end(step_id):
        action = Action.APPROVE if graph.node(step_id).requires_approval else Action.COMPLETE
        yield Exit(action=action, transition_id=None, name=action.value.title(), to_step=None)


def exit_by_transition(graph: Graph, *, step_id: int, transition_id: int, task_id: str) -> Exit:
    """Return the exit over one transition.

    Raises TransitionNotFound for one of another workflow or version, NotFromHere for one that
    leaves another step.
    """
    if not graph.has_edge(transition_id):
        raise TransitionNotFound(transition_id=transition_id, task_id=task_id)
    edge = graph.edge(transition_id)
    if edge.from_step != step_id:
        raise NotFromHere(transition_id=transition_id, step=graph.node(step_id).name)
    return _exit_over(edge, graph)


def exit_by_action(
    graph: Graph, *, step_id: int, action: Action, transition_id: int | None, task_id: str
) -> Exit:
    """Return the one exit for an action; `transition_id` chooses where there are several.

    Raises NoSuchExit where there is none, ChooseTransition where one must be named.
    """
    step = graph.node(step_id).name
    if transition_id is not None:
        chosen = exit_by_transition(
            graph, step_id=step_id, transition_id=transition_id, task_id=task_id
        )
        if chosen.action is not action:
            raise NoSuchExit(step=step, action=f"{action.value} by transition {transition_id}")
        return chosen
    found = [each for each in exits(graph, step_id) if each.action is action]
    if not found:
        raise NoSuchExit(step=step, action=action.value)
    if len(found) > 1:
        ids = ", ".join(str(each.transition_id) for each in found)
        raise ChooseTransition(
            field="transition_id", step=step, action=action.value, transition_ids=ids
        )
    return found[0]


def _exit_over(edge: Edge, graph: Graph) -> Exit:
    action, opening = ACTION_OF[edge.kind], graph.fork_edges(edge.from_step)
    return Exit(
        action=action,
        transition_id=edge.transition_id,
        name=edge.name or action.value.title(),
        to_step=edge.to_step,
        opens=opening if edge in opening else (),
    )
