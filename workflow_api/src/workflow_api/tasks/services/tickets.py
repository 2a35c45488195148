"""Writing tickets: new, unmatched, matched later, revised by the help desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from servicekit import outbox
from servicekit.auth import Principal
from servicekit.errors import Conflict
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry
from workflow_api.sla import selectors as calendars
from workflow_api.workflows import matching
from workflow_api.workflows.frozen import FrozenVersion

from .. import due, messages, selectors
from ..changes import Change
from ..loading import locked_ticket
from ..models import Task, Ticket, TicketState
from .runs import begin_run

HEAD = ["audit_seq", "audit_hash"]

_INSERT = """
INSERT INTO tasks_ticket ({columns}) VALUES ({places})
ON CONFLICT (source, external_id) DO NOTHING
RETURNING id, CASE WHEN state = 'running'
              THEN nextval(pg_get_serial_sequence('tasks_task', 'number')) END
"""


class WorkflowDeleted(Conflict):
    message = "Workflow {workflow_id} was deleted meanwhile."


class NotUnmatched(Conflict):
    message = "Ticket {ticket_id} is {state}: only an unmatched ticket can be given a workflow."


def insert_ticket(ticket: Ticket) -> bool:
    """Insert a ticket unless its number is known; sets its id and returns whether it is new.

    One statement, safe against a simultaneous delivery: that waits for our commit. It draws the
    number of the task as well, where the ticket is to run.
    """
    fields = [field for field in Ticket._meta.concrete_fields if not field.primary_key]
    values = [
        field.get_db_prep_save(getattr(ticket, field.attname), connection) for field in fields
    ]
    columns = ", ".join(str(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(columns=columns, places=places), values)
        row = cursor.fetchone()
    if row is not None:
        ticket.id, ticket.drawn_number = row
        ticket._state.adding = False
    return row is not None


def leave_unmatched(ticket: Ticket, *, at: datetime) -> None:
    """Record, for a new ticket, that no workflow fits; the admins and the help desk hear it."""
    _audit(ticket, "ticket_unmatched", at=at)
    ticket.save(update_fields=HEAD)
    outbox.record(
        messages.status_without_task(ticket, at=at),
        messages.unmatched_sync(ticket),
        *messages.notice(
            selectors.admin_ids(),
            kind="system",
            subject=f"No workflow fits ticket {ticket.external_id}",
            text=f"{ticket.title}: {kind_of(ticket)}. It starts as soon as a workflow fits or is "
            "chosen.",
            ticket=ticket,
        ),
    )


def run_unmatched(
    ticket_id: int, *, version: FrozenVersion, at: datetime, by: Principal | None = None
) -> Task:
    """Begin the run of a ticket that waited for a workflow.

    Inside the caller's transaction; the ticket is locked until commit, and its workflow against
    being deleted. Raises TicketNotFound, NotUnmatched, WorkflowDeleted.
    """
    ticket = locked_ticket(ticket_id)
    if ticket.state != TicketState.UNMATCHED:
        raise NotUnmatched(ticket_id=ticket_id, state=ticket.state)
    if not matching.keep(version.workflow_id):
        raise WorkflowDeleted(workflow_id=version.workflow_id)
    ticket.state = TicketState.RUNNING
    ticket.version += 1
    _audit(ticket, "ticket_matched", at=at, by=by, field="workflow", new=version.name)
    ticket.save(update_fields=["state", "version", *HEAD])
    return begin_run(ticket, version=version, at=at, by=by)


def revise_ticket(
    ticket: Ticket,
    task: Task | None,
    frozen: FrozenVersion | None,
    *,
    written: Mapping[str, Any],
    at: datetime,
) -> list[str]:
    """Take over what the help desk changed; returns the names of the fields that differ.

    Ticket and task are locked by the caller. A new priority moves the deadlines of a task that is
    open, counted from the same start; its holder is told. The workflow stays what it is.
    """
    changed = [name for name, value in written.items() if getattr(ticket, name) != value]
    entries = [(name, getattr(ticket, name), written[name]) for name in changed]
    for name in changed:
        setattr(ticket, name, written[name])
    for name, old, new in entries:
        _audit(ticket, "ticket_revised", at=at, field=name, old=old, new=new)
    if task is not None and frozen is not None and changed:
        _revise_task(task, frozen, changed, at=at)
    elif changed:
        ticket.version += 1
    ticket.save()
    return changed


def kind_of(ticket: Ticket) -> str:
    """Return what a workflow is matched by, for people to read."""
    parts = (ticket.category, ticket.sub_category, ticket.department)
    return " / ".join(part for part in parts if part)


def _revise_task(task: Task, frozen: FrozenVersion, changed: list[str], *, at: datetime) -> None:
    change = Change(task, frozen, at)
    if "priority" in changed and task.is_open:
        old = task.priority
        calendar = calendars.business_calendar(frozen.calendar_id, at=at)
        due.change_priority(
            task, task.ticket.priority, frozen, calendar, at=at, places=change.places
        )
        change.move_due_date()
        change.audit("task_priority_changed", field="priority", old=old, new=task.priority)
    change.event("ticket_revised", details={"fields": changed})
    change.tell(
        *messages.notice(
            change.people - {task.owner_id},
            kind="ticket_status",
            subject=f"The help desk changed {task.ticket.external_id}",
            text=f"Changed: {', '.join(changed)}.",
            ticket=task.ticket,
            task=task,
        )
    )
    change.store()


def _audit(
    ticket: Ticket, action: str, *, at: datetime, by: Principal | None = None, **values: Any
) -> None:
    audit.record(AuditEntry(subject=ticket, action=action, at=at, by=by, **values))
