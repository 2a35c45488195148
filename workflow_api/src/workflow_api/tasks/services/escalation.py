"""Giving a step to the role that it escalates to: by a person, or because it is overdue."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Conflict

from .. import rights, turns
from ..chances import may_escalate
from ..changes import Change
from ..models import Outcome, Place, Task
from ..places import begun, check_in_charge
from ..states import WORKABLE, State, TransitionNotAllowed
from ..strategies import ROUND_ROBIN, strategy_of
from ..turns import Work
from .reasons import check_reason


class NoEscalation(Conflict):
    message = "The step {step} has nobody to escalate to."


@transaction.atomic
def escalate_task(
    *,
    task_id: str,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Give the current step to the role that it escalates to, by that role's turn.

    The task is locked until commit, then the role. Raises what `begun` raises,
    TransitionNotAllowed, NotInCharge, NoLongerYours, ReasonMissing, NoEscalation.
    """
    change = begun(
        task_id,
        by=by,
        at=at,
        notes=notes,
        version=version,
        branch=branch,
        may=lambda _, place: rights.is_in_charge(place, by),
        fits=lambda change, place: may_escalate(place, change.version.graph),
    )
    task = change.task
    if State(task.state) not in WORKABLE:
        raise TransitionNotAllowed(
            f"A task that is {task.state} cannot be escalated.", current=task.state
        )
    check_in_charge(change)
    check_reason(notes)
    if not _escalate(change):
        raise NoEscalation(step=change.place.current_step_name)
    return change.store()


def escalate_overdue(change: Change) -> bool:
    """Escalate every step of a task past its deadline; False where all stay with who has them.

    The caller has locked the task and stores the change; the roles are locked until commit, in the
    order of their numbers.
    """
    graph = change.version.graph
    if State(change.task.state) not in WORKABLE:
        return False
    places = [place for place in change.places if may_escalate(place, graph)]
    places.sort(key=lambda place: graph.node(place.current_step_id).escalate_to_role_id or 0)
    moved = [_escalate_or_note(change, place) for place in places]
    return any(moved)


def _escalate_or_note(change: Change, place: Place) -> bool:
    change.turn_to(place)
    if _escalate(change):
        return True
    node = change.node
    change.event("not_escalated", to_step=node.name, details={"role": node.escalate_to})
    return False


def _escalate(change: Change) -> bool:
    """Hand the step over to whose turn it is; False when nobody is eligible."""
    place, node = change.place, change.node
    if not may_escalate(place, change.version.graph) or node.escalate_to_role_id is None:
        return False
    pick = turns.take_turn(node.escalate_to_role_id, work=_work(change))
    if pick.candidate is None:
        return False
    change.close(Outcome.ESCALATED)
    if place.state == State.IN_PROGRESS:
        change.move(State.PENDING, "task_put_back", from_step=node.name)
    change.audit(
        "task_escalated", field="role", old=place.current_role_id, new=node.escalate_to_role_id
    )
    change.event("escalated", to_step=node.name, details={"role": node.escalate_to})
    place.current_role_id = node.escalate_to_role_id
    change.assign(pick, role=node.escalate_to, kind="task_escalation")
    return True


def _work(change: Change) -> Work:
    """Return what is looked for; what is escalated reaches somebody and waits for no claim."""
    if strategy_of(change.work.strategy).gives_work:
        return change.work
    return replace(change.work, strategy=ROUND_ROBIN.name)
