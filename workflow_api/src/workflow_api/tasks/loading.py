"""Loading a task for a change: found, visible, locked, and in the version the caller has seen."""

import re
from datetime import datetime

from servicekit.auth import Principal
from servicekit.errors import Conflict, NotFound
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from . import selectors
from .models import Task, Ticket

TASK_ID = re.compile(r"T-([1-9]\d{0,17})")


class TaskNotFound(NotFound):
    message = "There is no task {task_id}."


class TicketNotFound(NotFound):
    message = "There is no ticket {ticket_id}."


class StaleVersion(Conflict):
    code = "STALE_VERSION"
    message = "Task {task_id} has changed meanwhile: it is at version {version}."


def number_of(task_id: str) -> int:
    """Return the number in `T-<number>`. Raises TaskNotFound."""
    found = TASK_ID.fullmatch(task_id)
    if found is None:
        raise TaskNotFound(task_id=task_id)
    return int(found[1])


def locked_task(
    task_id: str, *, by: Principal | None, at: datetime, version: int | None = None
) -> tuple[Task, FrozenVersion]:
    """Return a task, its row and its ticket's locked until commit, with its pinned version.

    `by` None is the system, which sees all; anybody else what they may see at `at`. Raises
    TaskNotFound, StaleVersion.
    """
    task = (
        Task.objects.select_for_update(no_key=True, of=("self", "ticket"))
        .select_related("ticket")
        .filter(number=number_of(task_id))
        .first()
    )
    if task is None or (by is not None and not selectors.may_see(task, by, at=at)):
        raise TaskNotFound(task_id=task_id)
    if version is not None and version != task.version:
        raise StaleVersion(task_id=task_id, version=task.version)
    return task, workflows.version_of(task.workflow_version_id)


def steps_of(task_id: str) -> dict[int | None, int]:
    """Return where a task is now, locking nothing: its step, and that of each branch by number."""
    steps = Task.objects.filter(number=number_of(task_id)).values_list(
        "current_step_id", "branches__id", "branches__current_step_id"
    )
    found: dict[int | None, int] = {}
    for step, branch, step_of_branch in steps:
        found |= {None: step} if branch is None else {None: step, branch: step_of_branch}
    return found


def locked_known_ticket(
    *, source: str, external_id: str, at: datetime
) -> tuple[Ticket, Task | None, FrozenVersion | None]:
    """Return a ticket that exists, with its newest task and pinned version, all locked."""
    same = {"ticket__source": source, "ticket__external_id": external_id}
    newest = Task.objects.filter(**same).order_by("-number").first()
    if newest is not None:
        task, frozen = locked_task(newest.task_id, by=None, at=at)
        return task.ticket, task, frozen
    rows = Ticket.objects.select_for_update(no_key=True)
    return rows.get(source=source, external_id=external_id), None, None


def locked_ticket(ticket_id: int) -> Ticket:
    """Return a ticket, its row locked until commit. Raises TicketNotFound."""
    ticket = Ticket.objects.select_for_update(no_key=True).filter(id=ticket_id).first()
    if ticket is None:
        raise TicketNotFound(ticket_id=ticket_id)
    return ticket
