"""Everything that a task's page shows, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from servicekit.auth import Principal
from workflow_api.roles import selectors as roles
from workflow_api.roles.models import Person
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.graph import Graph, Node

from . import approvals, due, parallel, selectors
from .actions import Available, available_actions
from .approvals import Approver
from .chances import chances_of
from .loading import TaskNotFound, number_of
from .models import Approval, Assignment, Branch, Place, Task, TaskEvent
from .parallel import Join


@dataclass(frozen=True, kw_only=True)
class TaskDetail:
    """A task with its parts, for one caller at one time."""

    task: Task
    workflow: FrozenVersion
    current_step: Node
    assigned_user: Person | None
    owner: Person | None
    available_actions: list[Available]
    approvals: list[Approval]
    assignments: list[Assignment]
    history: list[TaskEvent]
    branches: list[Branch]
    join: Join | None
    is_sla_breached: bool
    external_approvals: list[dict[str, Any]]


def task_detail(task_id: str, *, by: Principal, at: datetime) -> TaskDetail:
    """Return a task for its page. Raises TaskNotFound for one that the caller may not see."""
    task = selectors.task_for_detail(number_of(task_id), by=by, at=at)
    if task is None:
        raise TaskNotFound(task_id=task_id)
    version = workflows.version_of(task.workflow_version_id)
    branches = parallel.last_round_of(task, version.graph)
    return TaskDetail(
        task=task,
        workflow=version,
        current_step=version.graph.node(task.current_step_id),
        assigned_user=task.assignee,
        owner=task.owner,
        available_actions=_offered(task, version.graph, branches, by=by, at=at),
        approvals=list(approvals.given_for(task).select_related("person")),
        assignments=selectors.assignments_of(task),
        history=selectors.history_of(task),
        branches=branches,
        join=parallel.join_of(branches, version.graph),
        is_sla_breached=due.sla_state(task, at=at) == "breached",
        external_approvals=[],
    )


def _offered(
    task: Task, graph: Graph, branches: list[Branch], *, by: Principal, at: datetime
) -> list[Available]:
    under_way = [each for each in branches if each.is_under_way]
    places: list[Place] = [*under_way] or [task]
    approver = Approver(
        by=by,
        role_ids=frozenset(roles.role_ids_of(by)),
        deputy=roles.deputy_for(by.user_id, at=at),
    )
    chances = chances_of(task, graph, places, approver=approver, at=at)
    return available_actions(task, graph, places, approver=approver, chances=chances)
