"""One task moved to another version, or put back: a transaction of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Conflict
from workflow_api.roles import selectors as roles
from workflow_api.tasks.changes import Change
from workflow_api.tasks.loading import locked_task
from workflow_api.tasks.models import Task
from workflow_api.tasks.services.repinning import Goal, repin
from workflow_api.tasks.states import State
from workflow_api.tasks.turns import Candidate
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from ..models import TaskOutcome, Upgrade, UpgradedTask, UpgradeState
from ..rules import SENTENCES, Landing, Reason


class WasCancelled(Conflict):
    message = "Migration {upgrade_id} was cancelled."


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A task as it was read before it is locked, and where it lands."""

    number: int
    version: int
    landing: Landing


@transaction.atomic
def move(upgrade: Upgrade, seen: Seen, target: FrozenVersion, *, at: datetime) -> None:
    """Take a task to where it lands, and note where it stood.

    The upgrade and the task are locked until commit, and a role where a turn is needed. Raises
    WasCancelled, StaleVersion when the task has changed since it was read, IntegrityError when this
    upgrade has moved it already.
    """
    keep_applying(upgrade)
    task, origin = locked_task(f"T-{seen.number}", by=None, at=at, version=seen.version)
    landing, before = seen.landing, _standing_of(task)
    change = Change(task, origin, at, _principal(upgrade), upgrade.notes)
    goal = _goal(task, landing, at=at)
    repin(change, target, goal, kind="migrated", details={"upgrade_id": upgrade.pk})
    change.store()
    noted = note_of(upgrade, seen, TaskOutcome.MOVED, at=at)
    noted.before, noted.version_after = before, task.version
    noted.save(force_insert=True)


def keep_applying(upgrade: Upgrade) -> None:
    """Keep the upgrade from being cancelled until commit. Raises WasCancelled."""
    rows = Upgrade.objects.select_for_update(no_key=True).filter(pk=upgrade.pk)
    if rows.values_list("state", flat=True).get() == UpgradeState.CANCELLED:
        raise WasCancelled(upgrade_id=upgrade.pk)


@transaction.atomic
def put_back(upgrade: Upgrade, noted_id: int, *, at: datetime) -> None:
    """Take a task back to the version and step that it had, unless it has changed since.

    The task is locked until commit, and a role where a turn is needed.
    """
    noted = UpgradedTask.objects.get(pk=noted_id)
    task, current = locked_task(f"T-{noted.task_id}", by=None, at=at)
    noted.refresh_from_db()
    if noted.outcome != TaskOutcome.MOVED:
        return
    if task.version != noted.version_after:
        leave(noted, Reason.MOVED_SINCE, SENTENCES[Reason.MOVED_SINCE], at=at)
        return
    change = Change(task, current, at, _undoer(upgrade))
    version = workflows.version_of(noted.before["workflow_version_id"])
    goal = _goal_before(task, noted.before, version, at=at)
    repin(change, version, goal, kind="migration_undone", details={"upgrade_id": upgrade.pk})
    _restore_notices(task, noted.before)
    change.store()
    noted.outcome, noted.undone_at = TaskOutcome.PUT_BACK, at
    noted.save(update_fields=["outcome", "undone_at"])


def leave(noted: UpgradedTask, reason: Reason, sentence: str, *, at: datetime) -> None:
    """Note that a task is not put back, and why."""
    noted.outcome, noted.undone_at = TaskOutcome.LEFT, at
    noted.reason, noted.sentence = reason.value, sentence
    noted.save(update_fields=["outcome", "undone_at", "reason", "sentence"])


def note_of(
    upgrade: Upgrade, seen: Seen, outcome: TaskOutcome, *, at: datetime, **values: Any
) -> UpgradedTask:
    """Return what became of a task, not saved."""
    landing = seen.landing
    return UpgradedTask(
        upgrade=upgrade,
        task_id=seen.number,
        outcome=outcome,
        from_version=landing.origin.number,
        from_step=landing.from_step.name,
        to_step=landing.to_step.name if landing.to_step else "",
        at=at,
        **values,
    )


def _goal(task: Task, landing: Landing, *, at: datetime) -> Goal:
    """Return where a task goes on: with who holds it, where they hold the role there."""
    assert landing.to_step is not None
    assert landing.role_id is not None
    holder = _holder(task.assignee_id, landing.role_id)
    is_same = landing.to_step.step_id == task.current_step_id and holder is not None
    return Goal(
        step_id=landing.to_step.step_id,
        role_id=landing.role_id,
        role=landing.role,
        state=State.PENDING if holder is None else State(task.state),
        holder=holder,
        step_clock_from=task.step_clock_from if is_same else at,
    )


def _goal_before(
    task: Task, before: dict[str, Any], version: FrozenVersion, *, at: datetime
) -> Goal:
    """Return where a task stood: with who held it, or holds it now, where they hold the role."""
    role_id, had_it = before["current_role_id"], before["assignee_id"]
    old, new = _holder(had_it, role_id), _holder(task.assignee_id, role_id)
    node = version.graph.node(before["current_step_id"])
    is_escalated = role_id != node.role_id
    was_so = old is not None or had_it is None
    return Goal(
        step_id=node.step_id,
        role_id=role_id,
        role=node.escalate_to if is_escalated else node.role,
        state=State(before["state"]) if was_so else State.PENDING,
        holder=old or new,
        step_clock_from=datetime.fromisoformat(before["step_clock_from"]) if was_so else at,
    )


def _holder(user_id: int | None, role_id: int) -> Candidate | None:
    if user_id is None:
        return None
    member = roles.active_member(role_id=role_id, user_id=user_id)
    return Candidate.of(member.person) if member else None


def _standing_of(task: Task) -> dict[str, Any]:
    """Return what putting a task back needs to know."""
    return {
        "workflow_version_id": task.workflow_version_id,
        "current_step_id": task.current_step_id,
        "current_role_id": task.current_role_id,
        "state": task.state,
        "assignee_id": task.assignee_id,
        "step_clock_from": task.step_clock_from.isoformat(),
        "sla_warned_at": task.sla_warned_at.isoformat() if task.sla_warned_at else None,
        "sla_breached_at": task.sla_breached_at.isoformat() if task.sla_breached_at else None,
    }


def _restore_notices(task: Task, before: dict[str, Any]) -> None:
    """Keep what was told of the deadlines before: nobody is warned of the same one twice."""
    for name in ("sla_warned_at", "sla_breached_at"):
        if before[name] is not None and getattr(task, name) is None:
            setattr(task, name, datetime.fromisoformat(before[name]))


def _principal(upgrade: Upgrade) -> Principal:
    return Principal(user_id=upgrade.created_by, username=upgrade.created_by_name)


def _undoer(upgrade: Upgrade) -> Principal:
    assert upgrade.undo_by is not None
    return Principal(user_id=upgrade.undo_by, username=upgrade.undo_by_name)
