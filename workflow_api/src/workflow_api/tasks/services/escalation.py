"""Giving a step to the role that it escalates to: by a person, or because it is overdue."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Conflict

from .. import rights, turns
from ..actions import may_escalate
from ..changes import Change
from ..loading import locked_task
from ..models import Outcome, Task
from ..states import WORKABLE, State, TransitionNotAllowed
from ..strategies import ROUND_ROBIN, strategy_of
from ..turns import Work
from .reasons import check_reason


class NoEscalation(Conflict):
    message = "The step {step} has nobody to escalate to."


@transaction.atomic
def escalate_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Give the current step to the role that it escalates to, by that role's turn.

    The task is locked until commit, then the role. Raises TaskNotFound, StaleVersion,
    TransitionNotAllowed, NotInCharge, ReasonMissing, NoEscalation.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    if State(task.state) not in WORKABLE:
        raise TransitionNotAllowed(
            f"A task that is {task.state} cannot be escalated.", current=task.state
        )
    rights.check_in_charge(task, by)
    check_reason(notes)
    change = Change(task, frozen, at, by, notes)
    if not _escalate(change):
        raise NoEscalation(step=task.current_step_name)
    return change.store()


def escalate_overdue(change: Change) -> bool:
    """Escalate a step whose task is past its deadline; False where it stays with who has it.

    The caller has locked the task and stores the change; the role is locked until commit.
    """
    task = change.task
    if State(task.state) not in WORKABLE or not may_escalate(task, change.version.graph):
        return False
    if _escalate(change):
        return True
    node = change.version.graph.node(task.current_step_id)
    change.event("not_escalated", to_step=node.name, details={"role": node.escalate_to})
    return False


def _escalate(change: Change) -> bool:
    """Hand the step over to whose turn it is; False when nobody is eligible."""
    task, version = change.task, change.version
    node = version.graph.node(task.current_step_id)
    if not may_escalate(task, version.graph) or node.escalate_to_role_id is None:
        return False
    pick = turns.take_turn(node.escalate_to_role_id, work=_work(change))
    if pick.candidate is None:
        return False
    change.close(Outcome.ESCALATED)
    if task.state == State.IN_PROGRESS:
        change.move(State.PENDING, "task_put_back", from_step=node.name)
    change.audit(
        "task_escalated", field="role", old=task.current_role_id, new=node.escalate_to_role_id
    )
    change.event("escalated", to_step=node.name, details={"role": node.escalate_to})
    task.current_role_id = node.escalate_to_role_id
    change.assign(pick, role=node.escalate_to, kind="task_escalation")
    return True


def _work(change: Change) -> Work:
    """Return what is looked for; what is escalated reaches somebody and waits for no claim."""
    if strategy_of(change.work.strategy).gives_work:
        return change.work
    return replace(change.work, strategy=ROUND_ROBIN.name)
