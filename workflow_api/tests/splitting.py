"""A workflow that forks: Ask opens Check (two steps) and Order, which join at Hand over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from world import Definition, principal, received, role, workflow

from servicekit.contracts import BulkCreateNotifications
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Branch, Task, TaskEvent

ANA, BEN, CAT = 11, 21, 31
SECOND = {ANA: 12, BEN: 22, CAT: 32}
NAMES = {ANA: "L1 Support", 12: "L1 Support", BEN: "Security", 22: "Security", CAT: "Buying"}


def as_(user_id: int) -> Any:
    if user_id == 1:
        return principal(1, "Admin")
    if user_id == 9:
        return principal(9, "Ticket Coordinator")
    return principal(user_id, NAMES.get(user_id, "Buying"))


def forking(
    *,
    join: object = "all",
    third: bool = False,
    kind: str = "Network",
    strategy: str = "round_robin",
    **more: Any,
) -> Definition:
    """Return the workflow; `third` opens Budget as well, `more` are marks of steps by name."""
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)
    in_charge = {
        "Ask": role(3, "L1 Support", ANA),
        "Check": role(4, "Security", BEN, 22),
        "Prove": role(4, "Security"),
        "Order": role(5, "Buying", CAT),
        "Budget": role(3, "L1 Support"),
        "Hand over": role(3, "L1 Support"),
    }
    marks: dict[str, Any] = {
        "Ask": {"fork": True},
        "Check": {"weight": 2},
        "Hand over": {"join": join, "is_end": True},
    }
    steps = [
        {"name": name, "role": each} | marks.get(name, {}) | more.get(name, {})
        for name, each in in_charge.items()
        if third or name != "Budget"
    ]
    edges = [
        ("Ask", "Check", "forward"),
        ("Ask", "Order", "forward"),
        ("Check", "Prove", "forward"),
        ("Check", "Ask", "reject"),
        ("Prove", "Hand over", "forward"),
        ("Order", "Hand over", "forward"),
    ]
    if third:
        edges += [("Ask", "Budget", "forward"), ("Budget", "Hand over", "forward")]
    return workflow(
        steps, edges + more.get("edges", []), sub_category=kind, assignment_strategy=strategy
    )


def split(made: Definition, **values: Any) -> Task:
    """Return a task of it that has just forked."""
    task = received(**values)
    go(task, made, "Ask>Check", ANA)
    return fresh(task)


def go(task: Task, made: Definition, way: str, by: int, **more: Any) -> Task:
    return services.take_transition(
        task_id=task.task_id,
        transition_id=made.ways[way],
        by=as_(by),
        at=more.pop("at", after(task)),
        notes=more.pop("notes", "because"),
        **more,
    )


def act(service: Callable[..., Any], task: Task, by: int, **more: Any) -> Any:
    """Call a service for somebody; when, and with which notes, matters to few tests."""
    at = more.pop("at", after(task))
    return service(task_id=task.task_id, by=as_(by), at=at, **{"notes": "because"} | more)


def after(task: Task, **how_long: float) -> datetime:
    """Return a moment after the task came."""
    return task.created_at + timedelta(**how_long)


def fresh(task: Task) -> Task:
    return Task.objects.select_related("ticket").get(pk=task.pk)


def branch_at(task: Task, name: str) -> Branch:
    return Branch.objects.get(task=task, current_step_name=name, ended_at=None)


def open_steps(task: Task) -> dict[str, int]:
    """Return the steps with an open assignment, and who has it."""
    rows = Assignment.objects.filter(task=task, closed_at=None)
    return dict(rows.values_list("step_name", "person_id"))


def history(task: Task) -> list[tuple[str, str]]:
    """Return what happened to it, each with the step that it was about."""
    events = TaskEvent.objects.filter(task=task).order_by("id")
    return [(each.kind, each.to_step or each.from_step) for each in events]


def notices(
    outbox_of: Callable[[type[BulkCreateNotifications]], list[BulkCreateNotifications]], kind: str
) -> list[tuple[str, list[int]]]:
    """Return whom a notice of that kind was sent to, with what it is about."""
    sent = outbox_of(BulkCreateNotifications)
    return [(each.subject, each.user_ids) for each in sent if each.notification_type == kind]


def check(task: Task) -> None:
    """Whatever happened: open assignments, branches and what the task shows agree."""
    task = fresh(task)
    held = dict(
        Assignment.objects.filter(task=task, closed_at=None).values_list("step_id", "person_id")
    )
    branches = list(Branch.objects.filter(task=task, ended_at=None))
    places: list[Task | Branch] = [*branches] or [task]
    expected = {each.current_step_id: each.assignee_id for each in places if each.assignee_id}
    assert held == (expected if task.is_open else {})
    assert task.is_open or not branches
    assert bool(task.result) == (not task.is_open)
    if branches:
        lead = min(branches, key=lambda each: (each.step_deadline, each.id))
        assert (task.current_step_id, task.assignee_id) == (lead.current_step_id, lead.assignee_id)
        assert (task.current_role_id, task.step_deadline) == (
            lead.current_role_id,
            lead.step_deadline,
        )
        if task.state in {"pending", "in_progress"}:
            is_worked = any(each.state == "in_progress" for each in branches)
            assert task.state == ("in_progress" if is_worked else "pending")
