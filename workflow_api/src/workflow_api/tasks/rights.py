"""Who may do what with a task. Pure."""

from servicekit.auth import Principal
from servicekit.errors import Forbidden

from .models import Place, Task

ADMIN = "Admin"
COORDINATOR = "Ticket Coordinator"


class NotYourTask(Forbidden):
    code = "NOT_YOUR_TASK"
    message = "Task {task_id} is not assigned to you."


class NotInCharge(Forbidden):
    message = "Only an admin, the owner or the assignee of task {task_id} may do this."


class NotACoordinator(Forbidden):
    message = "Only an admin or the owner of task {task_id} may do this."


def sees_every_task(by: Principal) -> bool:
    """Whether nothing is kept from the caller: an admin, or a service client for reports."""
    return by.is_admin() or by.has_scope("tasks:read")


def sees_every_ticket(by: Principal) -> bool:
    """The same for tickets."""
    return by.is_admin() or by.has_scope("tickets:read")


def coordinates_intake(by: Principal) -> bool:
    """Whether the person looks after what is received: an admin or a ticket coordinator."""
    return by.is_admin() or by.has_role("tts", COORDINATOR)


def may_work(place: Place, by: Principal) -> bool:
    """Whether the person may work the current step: its assignee, or an admin standing in."""
    return place.assignee_id == by.user_id or by.is_admin()


def may_coordinate(task: Task, by: Principal) -> bool:
    """Whether the person may decide who works: the ticket's owner, or an admin."""
    return task.owner_id == by.user_id or by.is_admin()


def is_in_charge(place: Place, by: Principal) -> bool:
    """Whether the person may hand over or escalate the current step, and pause its task."""
    return may_work(place, by) or may_coordinate(place.run, by)


def check_may_work(place: Place, by: Principal) -> None:
    """Raise NotYourTask unless the person may work the current step."""
    if not may_work(place, by):
        raise NotYourTask(task_id=place.run.task_id)


def check_in_charge(*places: Place, by: Principal) -> None:
    """Raise NotInCharge unless the person is in charge of one of these steps of a task."""
    if not any(is_in_charge(place, by) for place in places):
        raise NotInCharge(task_id=places[0].run.task_id)


def check_may_coordinate(task: Task, by: Principal) -> None:
    """Raise NotACoordinator unless the person may decide who works."""
    if not may_coordinate(task, by):
        raise NotACoordinator(task_id=task.task_id)
