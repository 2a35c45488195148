"""Beginning an act: the task locked, and the branch found that the act is about."""

from collections.abc import Callable
from datetime import datetime

from servicekit.auth import Principal
from servicekit.errors import Conflict, Invalid

from . import rights
from .changes import Change
from .loading import StaleVersion, locked_task, steps_of
from .models import Assignment, Branch, Outcome, Place

May = Callable[[Change, Place], bool]
HANDED_ON = [Outcome.TRANSFERRED, Outcome.ESCALATED]


class BranchNotOpen(Conflict):
    code = "BRANCH_NOT_OPEN"
    message = "Task {task_id} has no open branch {branch}."


class NoLongerYours(Conflict):
    code = "NO_LONGER_YOURS"
    message = "Task {task_id} has been given to somebody else meanwhile."


class ChooseBranch(Invalid):
    code = "CHOOSE_BRANCH"
    message = "Task {task_id} is in several branches: name the one you mean, {choices}."


def begun(
    task_id: str,
    *,
    by: Principal,
    at: datetime,
    notes: str = "",
    version: int | None = None,
    branch: int | None = None,
    may: May | None = None,
    fits: May | None = None,
) -> Change:
    """Lock a task until commit and begin a change of it, or of one of its branches.

    Without a `branch` it is the only one that the caller `may` act on and that the act `fits`
    (the callers check that again); where only one of the two holds, the error says which. A branch
    is not stale when others have changed meanwhile. Without a `version` the act is about the step
    that was found: when somebody has left it before the task was locked, it is stale, and nothing
    is done at the next one. Raises TaskNotFound, StaleVersion, BranchNotOpen, ChooseBranch.
    """
    found = steps_of(task_id) if version is None else None
    task, frozen = locked_task(task_id, by=by, at=at)
    change = Change(task, frozen, at, by, notes)
    change.turn_to(_chosen(change, branch, may=may or _always, fits=fits or _always))
    check_version(change.place, version)
    if found is not None:
        _check_step(change.place, found)
    return change


def check_version(place: Place, version: int | None) -> None:
    """Raise StaleVersion unless the task, or this branch, is as it was in that version."""
    task = place.run
    oldest = place.since if isinstance(place, Branch) else task.version
    if version is not None and not oldest <= version <= task.version:
        raise StaleVersion(task_id=task.task_id, version=task.version)


def check_in_charge(change: Change) -> None:
    """Raise NotInCharge unless who acts may hand the step over; NoLongerYours where they could.

    Of several who hand it over at once one is let through, also without a version.
    """
    place, by = change.place, change.by
    assert by is not None
    if rights.is_in_charge(place, by):
        return
    steps = [each.current_step_id for each in change.places]
    had = Assignment.objects.filter(task=place.run, person=by.user_id, step_id__in=steps)
    if had.filter(outcome__in=HANDED_ON).exists():
        raise NoLongerYours(task_id=place.run.task_id)
    rights.check_in_charge(place, by=by)


def _check_step(place: Place, found: dict[int | None, int]) -> None:
    branch = place.id if isinstance(place, Branch) else None
    if place.current_step_id != found.get(branch):
        raise StaleVersion(task_id=place.run.task_id, version=place.run.version)


def _chosen(change: Change, branch: int | None, *, may: May, fits: May) -> Place:
    branches = change.branches
    if branch is not None:
        named = next((each for each in branches if each.id == branch), None)
        if named is None:
            raise BranchNotOpen(task_id=change.task.task_id, branch=branch)
        return named
    if not branches:
        return change.task
    theirs = [each for each in branches if may(change, each)]
    fitting = [each for each in theirs if fits(change, each)]
    if len(fitting) > 1:
        choices = ", ".join(f"{each.id} ({each.current_step_name})" for each in fitting)
        raise ChooseBranch(field="branch", task_id=change.task.task_id, choices=choices)
    return (fitting or theirs or branches)[0]


def _always(_change: Change, _place: Place) -> bool:
    return True
