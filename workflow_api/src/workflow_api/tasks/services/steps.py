"""Working the current step: start, complete, and the ways to the next step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import DomainError
from workflow_api.workflows.graph import Graph

from .. import approvals, rights, routing
from ..changes import Change
from ..models import Branch, Outcome, Place, Task
from ..places import begun
from ..routing import Action, ChooseTransition, Exit
from ..states import WORKABLE, State, TransitionNotAllowed, check_move
from .moves import end_run, enter_step
from .reasons import check_reason
from .splitting import leave_in_branch, open_branches

OUTCOMES = {
    Action.TRANSITION: Outcome.DONE,
    Action.COMPLETE: Outcome.DONE,
    Action.APPROVE: Outcome.APPROVED,
    Action.REJECT: Outcome.REJECTED,
}
Choose = Callable[[Graph, Place], Exit]


@transaction.atomic
def start_task(
    *,
    task_id: str,
    by: Principal,
    at: datetime,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Begin the work on the current step of a pending task, or of a pending branch.

    The task is locked until commit. Raises what `begun` raises, TransitionNotAllowed, NotYourTask.
    """
    change = begun(
        task_id,
        by=by,
        at=at,
        notes=notes,
        version=version,
        branch=branch,
        may=lambda _, place: rights.may_work(place, by),
        fits=lambda _, place: place.state == State.PENDING,
    )
    is_stopped = State(change.task.state) not in WORKABLE
    if is_stopped or change.place.state != State.PENDING:
        current = change.task.state if is_stopped else change.place.state
        raise TransitionNotAllowed(current=current, target=State.IN_PROGRESS.value)
    rights.check_may_work(change.place, by)
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
    branch: int | None = None,
) -> Task:
    """Leave the current step over one transition; see `_leave` for locks and errors.

    Raises also TransitionNotFound for a transition of another workflow or version, NotFromHere
    for one of another step.
    """

    def choose(graph: Graph, place: Place) -> Exit:
        return routing.exit_by_transition(
            graph,
            step_id=place.current_step_id,
            transition_id=transition_id,
            task_id=place.run.task_id,
        )

    act: dict[str, Any] = {"by": by, "at": at, "version": version, "notes": notes, "branch": branch}
    return _leave(task_id, choose, **act)


def decide_task(
    *,
    task_id: str,
    action: Action,
    by: Principal,
    at: datetime,
    transition_id: int | None = None,
    version: int | None = None,
    notes: str = "",
    branch: int | None = None,
) -> Task:
    """Complete, approve or reject the current step; see `_leave` for locks and errors.

    Raises also NoSuchExit where the step cannot be left so, ChooseTransition where it can in
    several ways.
    """

    def choose(graph: Graph, place: Place) -> Exit:
        return routing.exit_by_action(
            graph,
            step_id=place.current_step_id,
            action=action,
            transition_id=transition_id,
            task_id=place.run.task_id,
        )

    act: dict[str, Any] = {"by": by, "at": at, "version": version, "notes": notes, "branch": branch}
    return _leave(task_id, choose, action=action, **act)


@transaction.atomic
def _leave(task_id: str, choose: Choose, *, action: Action | None = None, **act: Any) -> Task:
    """Leave the current step: close the assignment, go on or end the run.

    Taking a transition or deciding is itself the start of the work where nobody pressed start;
    only `complete` needs a task in progress. The task is locked until commit, then the roles that
    are to follow, in the order of their numbers. An approval that others must add to leaves the
    task where it is. Raises what `begun` raises, TransitionNotAllowed, NotYourTask, NotAnApprover,
    SeparationOfDuties, AlreadyApproved, ReasonMissing.
    """
    change = _begun(task_id, choose, action, **act)
    task = change.task
    way = choose(change.version.graph, change.place)
    if State(task.state) not in WORKABLE or way.action is Action.COMPLETE:
        check_move(State(task.state), State.COMPLETED)
    approvals.check_may_decide(change, way.action)
    if way.needs_reason:
        check_reason(change.notes)
    if change.place.state == State.PENDING:
        change.begin_work()
    if way.action in approvals.DECISIONS and not change.is_by_admin:
        change.note_decision_by_another(OUTCOMES[way.action])
    if way.action is Action.APPROVE and not approvals.count(change):
        return change.store()
    approvals.forget(change)
    change.close(OUTCOMES[way.action])
    _go(change, way)
    return change.store()


def _begun(task_id: str, choose: Choose, action: Action | None, **act: Any) -> Change:
    """Begin with the task, or with the branch that can be left so by who acts.

    A transition names the branch itself: whether they may is checked later, and said.
    """

    def may(change: Change, place: Place) -> bool:
        return action is None or approvals.may_leave(change, place, action)

    def fits(change: Change, place: Place) -> bool:
        try:
            choose(change.version.graph, place)
        except ChooseTransition:
            return True
        except DomainError:
            return False
        return True

    return begun(task_id, may=may, fits=fits, **act)


def _go(change: Change, way: Exit) -> None:
    if way.opens:
        open_branches(change, way)
    elif isinstance(change.place, Branch):
        leave_in_branch(change, way)
    elif way.to_step is None:
        end_run(change, way)
    else:
        enter_step(change, way, way.to_step)
