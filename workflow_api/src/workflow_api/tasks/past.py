"""A task as it was: what the audit rows remember of it, and how they are read again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from servicekit.auth import Principal
from servicekit.errors import Conflict, NotFound
from workflow_api.audit import selectors as audit
from workflow_api.audit.chain import Verifier
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from . import due, selectors
from .loading import TaskNotFound, number_of
from .models import Branch, Task

FACTS = "task"
BRANCHES = "branches"  # those under way, all of them whenever one may have changed
REMEMBERED = (
    "state",
    "result",
    "priority",
    "workflow_version_id",
    "current_step_id",
    "current_step_name",
    "current_role_id",
    "assignee_id",
    "owner_id",
    "created_at",
    "started_at",
    "completed_at",
    "paused_at",
    "sla_deadline",
    "sla_warn_at",
    "step_deadline",
    "version",
)
OF_A_BRANCH = (
    "id",
    "state",
    "current_step_id",
    "current_step_name",
    "current_role_id",
    "assignee_id",
    "step_deadline",
    "opened_at",
)
MOMENTS = frozenset(
    name for name in (*REMEMBERED, *OF_A_BRANCH) if name.endswith(("_at", "_deadline"))
)


class NotYetCreated(NotFound):
    message = "Task {task_id} did not exist at {at}."


class TrailAltered(Conflict):
    code = "TRAIL_ALTERED"
    message = "What task {task_id} was cannot be told: its audit row {seq} is not as written."


@dataclass(frozen=True, kw_only=True)
class PastTask:
    """A task as it was at a moment, and the audit row that was its last then."""

    task: Task
    branches: list[Branch]
    at: datetime
    workflow: FrozenVersion
    sla_state: str
    last_row: Mapping[str, Any]


def facts_of(task: Task) -> dict[str, Any]:
    """Return what the trail remembers of a task."""
    return {name: getattr(task, name) for name in REMEMBERED}


def facts_of_branch(branch: Branch) -> dict[str, Any]:
    """Return what the trail remembers of a branch."""
    return {name: getattr(branch, name) for name in OF_A_BRANCH}


def changed_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is new or other than before."""
    return {
        name: value for name, value in after.items() if name not in before or before[name] != value
    }


def task_as_of(task_id: str, *, at: datetime, by: Principal, now: datetime) -> PastTask:
    """Return a task as it was after the last act before the first that came later than `at`.

    Raises TaskNotFound for one that the caller may not see `now`, NotYetCreated, TrailAltered.
    """
    task = selectors.visible_tasks(by, at=now).filter(number=number_of(task_id)).first()
    if task is None:
        raise TaskNotFound(task_id=task_id)
    rows = list(_rows_until(task.audit_subject, at))
    if fault := Verifier().first_alteration(rows):
        raise TrailAltered(task_id=task_id, seq=fault.seq)
    facts = _facts(rows)
    if not facts:
        raise NotYetCreated(task_id=task_id, at=at.isoformat())
    branches = [Branch(**_read(each, OF_A_BRANCH)) for each in facts.get(BRANCHES, [])]
    prefetch_related_objects(branches, "assignee", "current_role")
    then = Task(
        number=task.number,
        ticket_id=task.ticket_id,
        workflow_id=task.workflow_id,
        **_read(facts, REMEMBERED),
    )
    return PastTask(
        task=then,
        branches=branches,
        at=at,
        workflow=workflows.version_of(then.workflow_version_id),
        sla_state=due.sla_state(then, at=at),
        last_row=rows[-1],
    )


def _rows_until(subject: str, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the rows of a chain up to the first that is later; acts may begin out of order."""
    for row in audit.rows_by_chain(subject):
        if datetime.fromisoformat(row["at"]) > at:
            return
        yield row


def _facts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the facts that the rows add up to."""
    facts: dict[str, Any] = {}
    for row in rows:
        facts |= row["details"].get(FACTS, {})
    return facts


def _read(facts: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return the named facts as a model takes them: moments are text in the rows."""
    return {name: _fact(name, value) for name, value in facts.items() if name in names}


def _fact(name: str, value: Any) -> Any:
    is_moment = name in MOMENTS and value is not None
    return datetime.fromisoformat(value) if is_moment else value
