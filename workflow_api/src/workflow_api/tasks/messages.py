"""What others are told about tickets and tasks. Pure: models in, messages out."""

from collections.abc import Collection, Iterable
from datetime import datetime

from servicekit.contracts import (
    AssignmentNotification,
    BulkCreateNotifications,
    NotificationType,
    TicketProjection,
    TicketStatus,
    TicketSync,
)
from workflow_api.workflows.frozen import FrozenVersion

from .models import Place, Result, Task, Ticket, TicketState
from .states import State
from .turns import Candidate

OPEN_AT_HELP_DESK = "open"


def help_desk_status(task: Task) -> str:
    """Return what the help desk calls the state of a task.

    `open` until somebody starts, then `in_progress` over all steps; `on_hold` also while another
    system is waited for; at the end `resolved` or `rejected`, then
    `closed`; `cancelled` where the help desk took it back. A ticket without a
    task is `unmatched`.
    """
    state = State(task.state)
    if state is State.COMPLETED:
        return str(task.result)
    if state in {State.ON_HOLD, State.PENDING_EXTERNAL}:
        return "on_hold"
    if state is State.CLOSED:
        return "cancelled" if task.result == Result.CANCELLED else "closed"
    return "in_progress" if task.started_at else OPEN_AT_HELP_DESK


def ticket_state(task: Task) -> TicketState:
    """Return the state of the ticket whose only task is in this state."""
    if task.state == State.CLOSED:
        was_cancelled = task.result == Result.CANCELLED
        return TicketState.CANCELLED if was_cancelled else TicketState.CLOSED
    if task.state == State.COMPLETED:
        is_rejected = task.result == Result.REJECTED
        return TicketState.REJECTED if is_rejected else TicketState.RESOLVED
    return TicketState.RUNNING


def status_of(task: Task, *, at: datetime) -> TicketStatus:
    """Tell the help desk how its ticket stands."""
    return TicketStatus(
        ticket_id=task.ticket.external_id,
        status=help_desk_status(task),
        task_id=task.task_id,
        updated_at=at,
    )


def status_without_task(ticket: Ticket, *, at: datetime) -> TicketStatus:
    """Tell the help desk what became of a ticket that never ran."""
    status = TicketState(ticket.state).value
    return TicketStatus(ticket_id=ticket.external_id, status=status, updated_at=at)


def sync_of(task: Task, *, version: FrozenVersion, participants: Collection[int]) -> TicketSync:
    """Tell Messaging who may read the ticket's comments, and its state."""
    ticket = task.ticket
    people = {each for each in (task.assignee_id, task.owner_id) if each is not None}
    return TicketSync(
        ticket=TicketProjection(
            ticket_id=ticket.id,
            external_ticket_id=ticket.external_id,
            task_id=task.task_id,
            title=ticket.title,
            status=task.state,
            workflow_name=version.name,
            participants=sorted(people | set(participants)),
            owner_id=task.owner_id,
            role_names=sorted({node.role for node in version.graph.nodes if node.role}),
            version=ticket.version,
        )
    )


def unmatched_sync(ticket: Ticket) -> TicketSync:
    """Tell Messaging of a ticket that only admins may read."""
    return TicketSync(
        ticket=TicketProjection(
            ticket_id=ticket.id,
            external_ticket_id=ticket.external_id,
            title=ticket.title,
            status=ticket.state,
            version=ticket.version,
        )
    )


def assigned(
    place: Place,
    to: Candidate,
    *,
    role: str,
    kind: NotificationType = "task_assignment",
) -> AssignmentNotification:
    """Tell a person, in the application and by mail, that a task (or branch of it) is theirs."""
    task = place.run
    return AssignmentNotification(
        user_id=to.user_id,
        user_email=to.email,
        user_name=to.name,
        task_id=task.task_id,
        task_title=task.ticket.title,
        role_name=role,
        ticket_number=task.ticket.external_id,
        step_name=place.current_step_name,
        priority=task.priority,
        due_at=place.step_deadline.isoformat(),
        notification_type=kind,
    )


def notice(
    people: Iterable[int | None],
    *,
    kind: NotificationType,
    subject: str,
    text: str,
    ticket: Ticket,
    task: Task | None = None,
    but: int | None = None,
) -> list[BulkCreateNotifications]:
    """Tell several people the same in the application; not `but`, who knows already."""
    user_ids = sorted({each for each in people if each is not None and each != but})
    if not user_ids:
        return []
    return [
        BulkCreateNotifications(
            user_ids=user_ids,
            subject=subject[:200],
            message=text,
            notification_type=kind,
            related_task_id=task.task_id if task else "",
            related_ticket_number=ticket.external_id,
            metadata={"ticket_id": ticket.id},
        )
    ]


def nobody_eligible(
    place: Place, *, role: str, admins: Collection[int]
) -> list[BulkCreateNotifications]:
    """Tell the admins that a task waits for a member of its role."""
    task = place.run
    return notice(
        admins,
        kind="system",
        subject=f"Nobody can take {task.task_id}",
        text=f"The step {place.current_step_name} needs the role {role}, which has no active "
        "member. The task is assigned as soon as there is one.",
        ticket=task.ticket,
        task=task,
    )
