"""Approving a step: who may, how many must, and who stands in for whom."""

from dataclasses import dataclass

from django.db.models import QuerySet

from servicekit.auth import Principal
from servicekit.errors import Conflict, DomainError, Forbidden
from workflow_api.roles import selectors as roles
from workflow_api.roles.selectors import Deputy
from workflow_api.workflows.graph import Node

from . import rights
from .changes import Change
from .models import Approval, Branch, Place, Task, TaskEvent
from .routing import Action

DECISIONS = frozenset({Action.APPROVE, Action.REJECT})


class NotAnApprover(Forbidden):
    code = "NOT_AN_APPROVER"
    message = "Only members of the role {role}, or who stands in for one, decide {task_id}."


class SeparationOfDuties(Forbidden):
    code = "SEPARATION_OF_DUTIES"
    message = "{who} cannot approve the step {step} of task {task_id}."


class AlreadyApproved(Conflict):
    code = "ALREADY_APPROVED"
    message = "You have approved the step {step} of task {task_id}: somebody else has to as well."


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Somebody who wants to decide a step, with the roles they hold and whom they stand in for."""

    by: Principal
    role_ids: frozenset[int]
    deputy: Deputy

    def may_decide(self, place: Place, node: Node) -> bool:
        """Whether they may approve or reject, as far as the role goes."""
        is_member = place.current_role_id in self.role_ids | self.deputy.role_ids
        if node.approvals_needed > 1:
            return is_member
        is_theirs = is_member and place.assignee_id == self.by.user_id
        return is_theirs or self.by.is_admin() or place.assignee_id in self.deputy.people


def approver(change: Change) -> Approver:
    """Return who acts, as the approver they may be; two queries."""
    assert change.by is not None
    return Approver(
        by=change.by,
        role_ids=frozenset(roles.role_ids_of(change.by)),
        deputy=roles.deputy_for(change.by.user_id, at=change.at),
    )


def check_may_decide(change: Change, action: Action) -> None:
    """Raise NotYourTask, NotAnApprover, SeparationOfDuties or AlreadyApproved unless they may."""
    place, node, by = change.place, change.node, change.by
    assert by is not None
    if action not in DECISIONS:
        rights.check_may_work(place, by)
        return
    is_simple = node.approvals_needed == 1
    if not (is_simple and by.is_admin()) and not approver(change).may_decide(place, node):
        if is_simple:
            rights.check_may_work(place, by)
        raise NotAnApprover(task_id=change.task.task_id, role=place.current_role.name)
    if action is Action.APPROVE and (why_not := hindrance(place, node, by=by)) is not None:
        raise why_not


def hindrance(place: Place, node: Node, *, by: Principal) -> DomainError | None:
    """Return why somebody who may decide a step cannot approve it; at most three queries."""
    task = place.run
    if not node.requester_may_approve and _asked(task, by):
        return _not_they("Who asked for it", task, node)
    if not node.previous_may_approve and by.user_id in _who_did_the_step_before(place):
        return _not_they("Who did the step before", task, node)
    is_shared = node.approvals_needed > 1
    if is_shared and given_at(place).filter(person=by.user_id).exists():
        return AlreadyApproved(step=node.name, task_id=task.task_id)
    return None


def may_leave(change: Change, place: Place, action: Action) -> bool:
    """Whether who acts may leave a step by such an action, as far as the role goes."""
    assert change.by is not None
    if action not in DECISIONS:
        return rights.may_work(place, change.by)
    node = change.version.graph.node(place.current_step_id)
    return approver(change).may_decide(place, node)


def count(change: Change) -> bool:
    """Count an approval of the current step; True when it is the last that was needed.

    The task is locked by the caller, who has checked that this person may.
    """
    task, node, by = change.task, change.node, change.by
    assert by is not None
    if node.approvals_needed == 1:
        return True
    given = given_at(change.place).count()
    Approval.objects.create(task=task, step_id=node.step_id, person_id=by.user_id, at=change.at)
    so_far = given + 1
    details = {"given": so_far, "needed": node.approvals_needed}
    change.audit("task_approval_given", field="approvals", old=given, new=so_far)
    change.event("approval_given", to_step=node.name, details=details)
    return so_far >= node.approvals_needed


def forget(change: Change) -> None:
    """Let the approvals of the step that is left count no longer."""
    if change.node.approvals_needed > 1:
        given_at(change.place).update(counts=False)


def forget_all(task: Task) -> None:
    """Let no approval of the task count any longer."""
    given_for(task).update(counts=False)


def given_for(task: Task) -> QuerySet[Approval]:
    """Return the approvals that count so far, of the current step or of those of all branches."""
    return Approval.objects.filter(task=task, counts=True).order_by("id")


def given_at(place: Place) -> QuerySet[Approval]:
    """Return the approvals of the current step so far, oldest first."""
    return given_for(place.run).filter(step_id=place.current_step_id)


def _asked(task: Task, by: Principal) -> bool:
    requester = task.ticket.requester_email.strip().casefold()
    return bool(requester) and roles.email_of(by.user_id).strip().casefold() == requester


def _who_did_the_step_before(place: Place) -> set[int | None]:
    """Return who moved the task to this step; at a join, everybody who brought a branch to it."""
    moves = TaskEvent.objects.filter(task=place.run, kind="step_entered")
    if isinstance(place, Branch):
        moves = moves.filter(details__branch=place.id)
    last = moves.order_by("-id").first()
    if last is None:
        return set()
    return {last.user_id, *(each["user_id"] for each in last.details.get("joined", ()))}


def _not_they(who: str, task: Task, node: Node) -> SeparationOfDuties:
    return SeparationOfDuties(who=who, step=node.name, task_id=task.task_id)
