"""Beginning a run: the task of a ticket, its first assignment, its owner."""

from datetime import datetime

from django.db import connection

from servicekit.auth import Principal
from workflow_api.sla import selectors as calendars
from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.graph import Node

from .. import due, turns
from ..changes import Change
from ..models import Task, Ticket
from ..rights import COORDINATOR
from ..strategies import strategy_of
from ..turns import Candidate, Pick, Work

_NEXT_NUMBER = "SELECT nextval(pg_get_serial_sequence('tasks_task', 'number'))"


def begin_run(
    ticket: Ticket, *, version: FrozenVersion, at: datetime, by: Principal | None = None
) -> Task:
    """Create the task of a ticket that is new or locked, and assign its first step.

    Inside the caller's transaction; the roles of step and owner stay locked until commit. Without
    an eligible member the task waits unassigned, and admins are told.
    """
    start = version.graph.start
    work = Work(
        at=at,
        strategy=version.assignment_strategy,
        ticket_id=ticket.id,
        step_id=start.step_id,
    )
    holder, owner = _holder_and_owner(start, work=work)
    task = _new_task(ticket, version=version, at=at)
    task.owner_id = owner.user_id if owner else None
    change = Change(task, version, at, by)
    change.audit("task_created", details={"ticket": ticket.external_id, "version": version.number})
    change.event("created", to_state=task.state, to_step=start.name)
    change.give_or_wait(holder, role=start.role)
    return change.store_new()


def _holder_and_owner(start: Node, *, work: Work) -> tuple[Pick, Candidate | None]:
    """Give one turn in the role of the first step, and one among the coordinators."""
    assert start.role_id is not None
    strategy = strategy_of(work.strategy)
    role_ids = [start.role_id] if strategy.gives_work else []
    taken = turns.take_turns(role_ids, work=work, also=COORDINATOR)
    if not role_ids:
        return Pick.nobody(strategy), taken.named
    return taken.by_role.get(start.role_id, Pick.nobody(strategy)), taken.named


def _new_task(ticket: Ticket, *, version: FrozenVersion, at: datetime) -> Task:
    start = version.graph.start
    assert start.role_id is not None
    calendar = calendars.business_calendar(version.calendar_id, at=at)
    task = Task(
        number=ticket.drawn_number or _next_number(),
        ticket=ticket,
        workflow_id=version.workflow_id,
        workflow_version_id=version.version_id,
        priority=ticket.priority,
        current_step_id=start.step_id,
        current_step_name=start.name,
        current_role_id=start.role_id,
        created_at=at,
        clock_from=ticket.received_at,
        step_clock_from=at,
    )
    due.set_ticket_dates(task, version, calendar)
    due.set_step_date(task, version, calendar)
    return task


def _next_number() -> int:
    """Return the number of the next task before it is inserted: its audit trail names it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_NUMBER)
        (number,) = cursor.fetchone()
    return int(number)
