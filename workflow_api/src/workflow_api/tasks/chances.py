"""What decides, beside state and rights, whether an act would be accepted; read for a task's page.

Each part is asked only for who may do the act as far as state and rights go.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflow_api.roles import selectors as roles
from workflow_api.workflows.graph import Graph

from . import approvals, eligible, rights, routing, selectors
from .approvals import Approver
from .models import Place, Task
from .routing import Action
from .states import OPEN, WORKABLE, State


@dataclass(frozen=True, kw_only=True)
class Chances:
    """Steps by their numbers: of a task's branches no two are at the same one.

    `barred` cannot be approved by the caller, `free_above` can be escalated now, `passable` can be
    given to somebody else.
    """

    barred: frozenset[int] = frozenset()
    free_above: frozenset[int] = frozenset()
    passable: frozenset[int] = frozenset()
    is_ticket_busy: bool = False


def chances_of(
    task: Task, graph: Graph, places: Collection[Place], *, approver: Approver, at: datetime
) -> Chances:
    """Return what holds for the caller at that time."""
    by, state = approver.by, State(task.state)
    theirs = [place for place in places if rights.is_in_charge(place, by)]
    is_workable = state in WORKABLE
    return Chances(
        barred=_barred(places, graph, approver=approver) if is_workable else frozenset(),
        free_above=_free_above(theirs, graph, at=at) if is_workable else frozenset(),
        passable=_passable(theirs) if state in OPEN else frozenset(),
        is_ticket_busy=bool(theirs)
        and state is State.COMPLETED
        and selectors.open_task_of(task.ticket) is not None,
    )


def may_escalate(place: Place, graph: Graph) -> bool:
    """Whether the step names a role to escalate to, and is not there already."""
    target = graph.node(place.current_step_id).escalate_to_role_id
    return target is not None and target != place.current_role_id


def _barred(places: Collection[Place], graph: Graph, *, approver: Approver) -> frozenset[int]:
    decided = [(place, graph.node(place.current_step_id)) for place in places]
    return frozenset(
        node.step_id
        for place, node in decided
        if any(way.action is Action.APPROVE for way in routing.exits(graph, node.step_id))
        and approver.may_decide(place, node)
        and approvals.hindrance(place, node, by=approver.by) is not None
    )


def _free_above(places: Collection[Place], graph: Graph, *, at: datetime) -> frozenset[int]:
    above = {
        place.current_step_id: graph.node(place.current_step_id).escalate_to_role_id
        for place in places
        if may_escalate(place, graph)
    }
    role_ids = {role_id for role_id in above.values() if role_id is not None}
    free = {role_id for role_id in role_ids if eligible.has_eligible(role_id, at=at)}
    return frozenset(step_id for step_id, role_id in above.items() if role_id in free)


def _passable(places: Collection[Place]) -> frozenset[int]:
    if not places:
        return frozenset()
    ends = roles.first_and_last_members({place.current_role_id for place in places})
    return frozenset(
        place.current_step_id
        for place in places
        if set(ends.get(place.current_role_id, ())) - {place.assignee_id}
    )
