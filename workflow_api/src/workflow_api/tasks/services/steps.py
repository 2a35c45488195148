"""Working the current step: start, complete, and the ways to the next step."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from servicekit.auth import Principal
from workflow_api.sla import selectors as calendars
from workflow_api.workflows.graph import Graph

from .. import approvals, due, messages, rights, routing, turns
from ..changes import Change
from ..loading import locked_task
from ..models import Outcome, Result, Task
from ..routing import Action, Exit
from ..states import WORKABLE, State, TransitionNotAllowed, check_move
from .reasons import check_reason

OUTCOMES = {
    Action.TRANSITION: Outcome.DONE,
    Action.COMPLETE: Outcome.DONE,
    Action.APPROVE: Outcome.APPROVED,
    Action.REJECT: Outcome.REJECTED,
}
Choose = Callable[[Graph, Task], Exit]


@transaction.atomic
def start_task(
    *, task_id: str, by: Principal, at: datetime, version: int | None = None, notes: str = ""
) -> Task:
    """Begin the work on the current step of a pending task.

    The task is locked until commit. Raises TaskNotFound, StaleVersion, TransitionNotAllowed,
    NotYourTask.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    if State(task.state) is not State.PENDING:
        raise TransitionNotAllowed(current=task.state, target=State.IN_PROGRESS.value)
    rights.check_may_work(task, by)
    change = Change(task, frozen, at, by, notes)
    change.begin_work()
    return change.store()


def take_transition(
    *,
    task_id: str,
    transition_id: int,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
) -> Task:
    """Leave the current step over one transition; see `_leave` for locks and errors.

    Raises also TransitionNotFound for a transition of another workflow or version, NotFromHere
    for one of another step.
    """

    def choose(graph: Graph, task: Task) -> Exit:
        return routing.exit_by_transition(
            graph,
            step_id=task.current_step_id,
            transition_id=transition_id,
            task_id=task.task_id,
        )

    return _leave(task_id, choose, by=by, at=at, version=version, notes=notes)


def decide_task(
    *,
    task_id: str,
    action: Action,
    by: Principal,
    at: datetime,
    transition_id: int | None = None,
    version: int | None = None,
    notes: str = "",
) -> Task:
    """Complete, approve or reject the current step; see `_leave` for locks and errors.

    Raises also NoSuchExit where the step cannot be left so, ChooseTransition where it can in
    several ways.
    """

    def choose(graph: Graph, task: Task) -> Exit:
        return routing.exit_by_action(
            graph,
            step_id=task.current_step_id,
            action=action,
            transition_id=transition_id,
            task_id=task.task_id,
        )

    return _leave(task_id, choose, by=by, at=at, version=version, notes=notes)


@transaction.atomic
def _leave(
    task_id: str,
    choose: Choose,
    *,
    by: Principal,
    at: datetime,
    version: int | None,
    notes: str,
) -> Task:
    """Leave the current step: close the assignment, enter the next step or end the run.

    Taking a transition or deciding is itself the start of the work where nobody pressed start;
    only `complete` needs a task in progress. The task is locked until commit, then the role that
    is to follow. An approval that others must add to leaves the task where it is. Raises
    TaskNotFound, StaleVersion, TransitionNotAllowed, NotYourTask, NotAnApprover,
    SeparationOfDuties, AlreadyApproved, ReasonMissing.
    """
    task, frozen = locked_task(task_id, by=by, version=version)
    way = choose(frozen.graph, task)
    if State(task.state) not in WORKABLE or way.action is Action.COMPLETE:
        check_move(State(task.state), State.COMPLETED)
    change = Change(task, frozen, at, by, notes)
    approvals.check_may_decide(change, way.action)
    if way.needs_reason:
        check_reason(notes)
    if task.state == State.PENDING:
        change.begin_work()
    if way.action in approvals.DECISIONS and not by.is_admin():
        change.note_decision_by_another(OUTCOMES[way.action])
    if way.action is Action.APPROVE and not approvals.count(change):
        return change.store()
    approvals.forget(change)
    change.close(OUTCOMES[way.action])
    if way.to_step is None:
        _end_run(change, way)
    else:
        _enter_step(change, way, way.to_step)
    return change.store()


def _enter_step(change: Change, way: Exit, step_id: int) -> None:
    """Put the task at the next step and give that to whose turn it is."""
    task, version = change.task, change.version
    left, node = task.current_step_name, version.graph.node(step_id)
    assert node.role_id is not None
    change.audit(f"task_{way.action}", field="current_step", old=left, new=node.name)
    change.move(
        State.PENDING,
        "step_entered",
        from_step=left,
        to_step=node.name,
        details={"action": way.action, "transition_id": way.transition_id, "name": way.name},
    )
    task.current_step_id, task.current_step_name = node.step_id, node.name
    task.current_role_id = node.role_id
    task.step_clock_from = change.at
    due.set_step_date(task, version, calendars.business_calendar(version.calendar_id))
    change.give_or_wait(turns.take_turn(node.role_id, work=change.work), role=node.role)
    change.tell(
        *messages.notice(
            {task.owner_id} - {task.assignee_id},
            but=change.by_id,
            kind="workflow_step_change",
            subject=f"{task.task_id} is at {node.name}",
            text=f"{change.by_name} moved it on from {left}.",
            ticket=task.ticket,
            task=task,
        )
    )


def _end_run(change: Change, way: Exit) -> None:
    """Complete the task; it keeps its last step and assignee."""
    task = change.task
    task.completed_at = change.at
    task.result = Result.REJECTED if way.is_rejection else Result.RESOLVED
    change.move(
        State.COMPLETED,
        "task_completed",
        from_step=task.current_step_name,
        details={"action": way.action, "transition_id": way.transition_id, "name": way.name},
    )
    change.tell(
        *messages.notice(
            {task.owner_id, task.assignee_id},
            but=change.by_id,
            kind="task_completed",
            subject=f"{task.task_id} is {task.result}",
            text=f"{change.by_name} finished the step {task.current_step_name}.",
            ticket=task.ticket,
            task=task,
        )
    )
