"""The help desk takes a ticket back."""

from datetime import datetime

from servicekit import outbox
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry
from workflow_api.workflows.frozen import FrozenVersion

from .. import messages
from ..changes import Change
from ..models import Task, Ticket, TicketState


def cancel_ticket(
    ticket: Ticket, task: Task | None, frozen: FrozenVersion | None, *, at: datetime
) -> bool:
    """End the run of a ticket with its assignments; False where it has ended already.

    Ticket and task are locked by the caller. Who held the task, and its owner, are told. What else
    was set on the ticket is saved with it.
    """
    if task is not None and frozen is not None and task.is_open:
        _cancel_run(Change(task, frozen, at))
    elif ticket.state == TicketState.UNMATCHED:
        _cancel_waiting(ticket, at=at)
    else:
        return False
    ticket.save()
    return True


def _cancel_run(change: Change) -> None:
    task, people = change.task, change.people
    change.cancel()
    change.tell(
        *messages.notice(
            people,
            kind="ticket_status",
            subject=f"{task.task_id} is cancelled",
            text=f"The help desk took {task.ticket.external_id} back: {task.ticket.title}.",
            ticket=task.ticket,
            task=task,
        )
    )
    change.store()


def _cancel_waiting(ticket: Ticket, *, at: datetime) -> None:
    ticket.state = TicketState.CANCELLED
    ticket.version += 1
    audit.record(
        AuditEntry(
            subject=ticket,
            action="ticket_cancelled",
            at=at,
            field="state",
            old=TicketState.UNMATCHED.value,
            new=TicketState.CANCELLED.value,
        )
    )
    outbox.record(
        messages.status_without_task(ticket, at=at),
        messages.unmatched_sync(ticket),
    )
