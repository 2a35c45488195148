"""When a task and its step are due: their clocks plus the service level. No queries."""

from collections.abc import Collection, Iterable
from datetime import datetime

from workflow_api.sla import deadlines
from workflow_api.sla.calendars import BusinessCalendar
from workflow_api.workflows.frozen import FrozenVersion

from .models import Place, Task


def set_ticket_dates(task: Task, version: FrozenVersion, calendar: BusinessCalendar | None) -> None:
    """Set deadline and warning of the whole run from `clock_from` and the priority."""
    sla = version.slas[task.priority]
    task.sla_deadline = deadlines.ticket_deadline(task.clock_from, sla, calendar)
    task.sla_warn_at = deadlines.warn_at(task.clock_from, task.sla_deadline, calendar)


def set_step_date(place: Place, version: FrozenVersion, calendar: BusinessCalendar | None) -> None:
    """Set the deadline of the current step from `step_clock_from` and its share by weight.

    The whole is the path with the longest of parallel branches, so every branch has its share of
    the same time.
    """
    task = place.run
    place.step_deadline = deadlines.step_deadline(
        place.step_clock_from,
        version.slas[task.priority],
        weight=version.graph.node(place.current_step_id).weight,
        path_weight=version.graph.path_weight,
        ticket_due=task.sla_deadline,
        calendar=calendar,
    )


def restart_clocks(
    task: Task,
    places: Iterable[Place],
    version: FrozenVersion,
    calendar: BusinessCalendar | None,
    *,
    at: datetime,
) -> None:
    """Move the clocks and deadlines of a task and its places by the time since `paused_at`."""
    assert task.paused_at is not None
    paused = deadlines.elapsed(task.paused_at, at, calendar)
    task.clock_from = deadlines.elapse(task.clock_from, paused, calendar)
    set_ticket_dates(task, version, calendar)
    for place in places:
        place.step_clock_from = deadlines.elapse(place.step_clock_from, paused, calendar)
        set_step_date(place, version, calendar)


def change_priority(
    task: Task,
    priority: str,
    version: FrozenVersion,
    calendar: BusinessCalendar | None,
    *,
    at: datetime,
    places: Collection[Place] = (),
) -> None:
    """Give the task, and its branches, another service level, counted from the same clocks.

    What lies ahead again, as the clock stands, can be warned of, and breached, again.
    """
    moment = task.paused_at or at
    task.priority = priority
    set_ticket_dates(task, version, calendar)
    for place in places or [task]:
        set_step_date(place, version, calendar)
    if task.sla_warn_at > moment:
        task.sla_warned_at = None
    if task.sla_deadline > moment:
        task.sla_breached_at = None


def sla_state(task: Task, *, at: datetime) -> str:
    """Return how the ticket's deadline stands; an ended or paused clock stays where it was."""
    moment = task.completed_at or task.paused_at or at
    if moment >= task.sla_deadline:
        return deadlines.SlaState.BREACHED.value
    is_near = moment >= task.sla_warn_at
    return (deadlines.SlaState.AT_RISK if is_near else deadlines.SlaState.OK).value
