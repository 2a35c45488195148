"""Reading tickets and tasks: bounded, ordered, and only what the caller may see."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from servicekit.auth import Principal
from workflow_api.roles import selectors as roles
from workflow_api.roles.models import Member
from workflow_api.workflows.models import WorkflowVersion

from .models import (
    CLOCK_RUNS,
    IS_UNDER_WAY,
    OPEN_STATES,
    PAST_END,
    SEVERITY,
    UNDER_WAY,
    Assignment,
    Branch,
    Task,
    TaskEvent,
    Ticket,
    TicketState,
)
from .rights import ADMIN, COORDINATOR, sees_every_task, sees_every_ticket
from .states import WORKABLE, State
from .strategies import MANUAL

MAX_HISTORY = 500


def visible_tasks(by: Principal, *, at: datetime) -> QuerySet[Task]:
    """Return what the caller may see at that time, and nothing to a token without a role.

    An admin and a service client with `tasks:read` see all; anybody else what they hold or held,
    what they own, what somebody holds for whom they stand in, and what runs on a workflow with one
    of their roles.
    """
    if sees_every_task(by):
        return Task.objects.all()
    role_ids = roles.role_ids_of(by)
    if not role_ids:
        return Task.objects.none()
    held = Assignment.objects.filter(task=OuterRef("pk"), person=by.user_id)
    deputised = roles.absent_with_substitute(by.user_id, at=at).values("person")
    return Task.objects.filter(
        Q(owner=by.user_id)
        | Exists(held)
        | Q(assignee__in=deputised)
        | Q(pk__in=Branch.objects.filter(IS_UNDER_WAY, assignee__in=deputised).values("task"))
        | Q(workflow_version__in=versions_with(role_ids))
    )


def may_see(task: Task, by: Principal, *, at: datetime) -> bool:
    """Whether the caller may see this task."""
    if sees_every_task(by):
        return True
    return visible_tasks(by, at=at).filter(number=task.number).exists()


def tasks_for_list() -> QuerySet[Task]:
    """Return tasks with what a list shows; the query count does not grow with rows."""
    related = ("ticket", "workflow", "assignee", "current_role")
    unread = ("ticket__extra", "ticket__attachments")
    return Task.objects.select_related(*related).defer(*unread).annotate(severity=SEVERITY)


def task_for_detail(number: int, *, by: Principal, at: datetime) -> Task | None:
    """Return one visible task with its people and ticket."""
    related = ("ticket", "workflow", "workflow_version", "assignee", "owner", "current_role")
    return visible_tasks(by, at=at).select_related(*related).filter(number=number).first()


def assignments_of(task: Task) -> list[Assignment]:
    """Return who held which step, oldest first."""
    rows = Assignment.objects.filter(task=task).select_related("person", "role")
    return list(rows.order_by("id")[:MAX_HISTORY])


def history_of(task: Task) -> list[TaskEvent]:
    """Return the last lines of the history, oldest first, with what people are called today."""
    lines = list(TaskEvent.objects.filter(task=task).order_by("-id")[:MAX_HISTORY])[::-1]
    names = roles.names_of(
        person for line in lines for person in (line.user_id, line.to_user_id) if person
    )
    for line in lines:
        line.user_full_name = names.get(line.user_id or 0, line.user_name)
        given = line.details.get("username", "")
        line.to_user_full_name = names.get(line.to_user_id or 0, given)
    return lines


def sla_conditions(sla: str, *, status: str | None, at: datetime) -> list[Q]:
    """Return which tasks' ticket deadlines stand so, of those with a status, or `open`.

    Clocks that run and those that stand still, ended or paused, are found by different indexes;
    over tasks that have `standing`.
    """
    match sla:
        case "breached":
            running = CLOCK_RUNS & Q(sla_deadline__lte=at)
        case "at_risk":
            running = CLOCK_RUNS & Q(sla_deadline__gt=at, sla_warn_at__lte=at)
        case _:
            running = CLOCK_RUNS & Q(sla_warn_at__gt=at)
    if status is None:
        return [Q(standing=sla), running]
    if status == "open":
        return [running, Q(standing=sla, state=State.ON_HOLD)]
    return [Q(standing=sla)] if status in {*PAST_END, State.ON_HOLD} else [running]


def waiting_tasks(role_ids: Collection[int] | None = None) -> QuerySet[Task]:
    """Return open tasks that nobody holds and that wait for no claim, most urgent first."""
    free = (
        Task.objects.filter(assignee=None, state__in=[each.value for each in WORKABLE])
        .exclude(workflow_version__settings__assignment_strategy=MANUAL.name)
        .order_by("sla_deadline", "number")
    )
    return free if role_ids is None else free.filter(current_role__in=role_ids)


def held_without_role(*, at_most: int, but: Collection[int] = ()) -> list[int]:
    """Return the numbers of tasks with a step that somebody holds who has lost its role.

    Found from the lost memberships, which are few, by what their people hold; `but` are left out.
    """
    states = [each.value for each in WORKABLE]
    lost = Member.objects.filter(is_active=False, role__is_active=True)
    tasks = lost.filter(
        person__held_tasks__state__in=states, person__held_tasks__current_role=F("role")
    )
    branches = lost.filter(
        person__held_branches__state__in=UNDER_WAY,
        person__held_branches__current_role=F("role"),
        person__held_branches__task__state__in=states,
    )
    numbers = tasks.values_list("person__held_tasks", flat=True).union(
        branches.values_list("person__held_branches__task", flat=True)
    )
    found = numbers[: at_most + len(but)]
    return [number for number in found if number not in but][:at_most]


def waiting_branches(role_ids: Collection[int] | None = None) -> QuerySet[Branch]:
    """Return branches of open tasks that nobody holds and that wait for no claim."""
    free = (
        Branch.objects.filter(IS_UNDER_WAY, assignee=None)
        .filter(task__state__in=[each.value for each in WORKABLE])
        .exclude(task__workflow_version__settings__assignment_strategy=MANUAL.name)
        .order_by("task__sla_deadline", "task")
    )
    return free if role_ids is None else free.filter(current_role__in=role_ids)


def visible_tickets(by: Principal, *, at: datetime) -> QuerySet[Ticket]:
    """Return the tickets that the caller may see: those of visible tasks.

    Admins and service clients with `tickets:read` see every ticket; coordinators also those that
    wait for a workflow.
    """
    if sees_every_ticket(by):
        return Ticket.objects.all()
    tickets = Q(pk__in=visible_tasks(by, at=at).values("ticket"))
    if by.has_role("tts", COORDINATOR):
        tickets |= Q(state=TicketState.UNMATCHED)
    return Ticket.objects.filter(tickets)


def tickets_for_list() -> QuerySet[Ticket]:
    """Return tickets with their runs; one query more, however many rows."""
    runs = Task.objects.select_related("workflow")
    tickets = Ticket.objects.annotate(severity=SEVERITY)
    return tickets.prefetch_related(Prefetch("tasks", queryset=runs))


def ticket_for_detail(ticket_id: int, *, by: Principal, at: datetime) -> Ticket | None:
    """Return one visible ticket with its runs."""
    is_seen = visible_tickets(by, at=at).filter(id=ticket_id).exists()
    return tickets_for_list().filter(id=ticket_id).first() if is_seen else None


def is_known(*, source: str, external_id: str) -> bool:
    """Return whether a ticket of that number was received."""
    return Ticket.objects.filter(source=source, external_id=external_id).exists()


def open_task_of(ticket: Ticket) -> Task | None:
    """Return the task that runs for a ticket now."""
    return Task.objects.filter(ticket=ticket, state__in=OPEN_STATES).order_by("-number").first()


def admin_ids() -> set[int]:
    """Return the people who are told when something needs an admin."""
    return roles.members_named(ADMIN)


def versions_with(role_ids: Collection[int]) -> QuerySet[WorkflowVersion, Any]:
    """Return the workflow versions that have a step of one of these roles."""
    steps = Q()
    for role_id in role_ids:
        steps |= Q(graph__contains={"nodes": [{"role_id": role_id}]})
    return WorkflowVersion.objects.filter(steps).values_list("pk", flat=True)
