"""What happens when a deadline comes near, and when it passes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from workflow_api.attempts import Attempts
from workflow_api.sla.deadlines import SlaState
from workflow_api.tasks import messages
from workflow_api.tasks import selectors as tasks
from workflow_api.tasks.changes import Change
from workflow_api.tasks.models import CLOCK_RUNS, Task
from workflow_api.tasks.services import escalate_overdue
from workflow_api.workflows import selectors as workflows

AT_ONCE = 500
Note = Callable[[Change], bool]  # returns whether somebody else has the task now

_EACH = Attempts("deadline_not_noted")


def sweep(*, at: datetime) -> int:
    """Warn of every deadline that is near at `at` and note every one that passed; returns how many.

    Found by their stored and indexed due times, at most 500 of each a call, the longest overdue
    first. Each task is a transaction of its own, its row locked; one that somebody else is working
    on right now is left to the next sweep, and one that fails is put off. A task gets one warning
    and one breach, never a warning after its breach; with the breach its step goes to the role
    that it escalates to.
    """
    breached = Q(sla_breached_at=None, sla_deadline__lte=at)
    near = Q(sla_warned_at=None, sla_warn_at__lte=at, sla_deadline__gt=at)
    return _note_all(breached, "sla_deadline", _breach, at=at) + _note_all(
        near, "sla_warn_at", _warn, at=at
    )


def _note_all(due: Q, order: str, note: Note, *, at: datetime) -> int:
    tasks = Task.objects.filter(CLOCK_RUNS, due).exclude(number__in=_EACH.put_off(at=at))
    numbers = tasks.order_by(order).values_list("number", flat=True)
    return sum(
        _EACH.attempt(number, partial(_note_if_due, number, due, note, at=at), at=at, failed=False)
        for number in numbers[:AT_ONCE]
    )


@transaction.atomic
def _note_if_due(number: int, due: Q, note: Note, *, at: datetime) -> bool:
    task = (
        Task.objects.select_for_update(no_key=True, skip_locked=True, of=("self", "ticket"))
        .select_related("ticket")
        .filter(CLOCK_RUNS, due, number=number)
        .first()
    )
    if task is None:
        return False
    change = Change(task, workflows.version_of(task.workflow_version_id), at)
    has_moved = note(change)
    change.store(is_only_noted=not has_moved)
    return True


def _warn(change: Change) -> bool:
    task = change.task
    task.sla_warned_at = change.at
    change.audit("sla_warning", field="sla_state", old=SlaState.OK, new=SlaState.AT_RISK)
    change.event("sla_warning", details={"due_at": task.sla_deadline.isoformat()})
    people = change.people - {None} or tasks.admin_ids()
    change.tell(
        *messages.notice(
            people,
            kind="sla_warning",
            subject=f"{task.task_id} is due soon",
            text=f"{task.ticket.title} must be resolved by {task.sla_deadline:%Y-%m-%d %H:%M} UTC.",
            ticket=task.ticket,
            task=task,
        )
    )
    return False


def _breach(change: Change) -> bool:
    task = change.task
    task.sla_breached_at = change.at
    task.sla_warned_at = task.sla_warned_at or change.at  # the time for a warning is over
    change.audit("sla_breach", field="sla_state", old=SlaState.AT_RISK, new=SlaState.BREACHED)
    change.event("sla_breach", details={"due_at": task.sla_deadline.isoformat()})
    change.tell(
        *messages.notice(
            change.people | tasks.admin_ids(),
            kind="sla_breach",
            subject=f"{task.task_id} is overdue",
            text=f"{task.ticket.title} was due at {task.sla_deadline:%Y-%m-%d %H:%M} UTC.",
            ticket=task.ticket,
            task=task,
        )
    )
    return escalate_overdue(change)
