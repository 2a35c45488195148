"""Why a task is due when it is, and whether the rest of its way fits into the time that is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate, islice

from servicekit.auth import Principal
from workflow_api.sla import deadlines
from workflow_api.sla import selectors as calendars
from workflow_api.sla.calendars import BusinessCalendar
from workflow_api.sla.models import Calendar
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from . import due, parallel, selectors
from .loading import TaskNotFound, number_of
from .models import Branch, Place, Task, TaskEvent

MOST_SPANS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which the clock ran, and how much it showed at its end."""

    begins_at: datetime
    ends_at: datetime
    counted: timedelta
    total: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """From when to when a deadline was counted; `is_cut` where only the first spans are told."""

    starts_at: datetime
    allowed: timedelta
    deadline: datetime
    spans: list[Span]
    is_cut: bool

    @property
    def counted(self) -> timedelta:
        return self.spans[-1].total if self.spans else timedelta(0)


@dataclass(frozen=True, kw_only=True)
class StepCount:
    """How the deadline of the current step, or of a branch's, was counted.

    Its share of the time is its weight's of `path_weight`; `is_capped` where its ticket is due
    before that has passed.
    """

    place: Place
    weight: float
    path_weight: float
    count: Count

    @property
    def branch_id(self) -> int | None:
        return self.place.id if isinstance(self.place, Branch) else None

    @property
    def is_capped(self) -> bool:
        is_with_ticket = self.count.deadline == self.place.run.sla_deadline
        return is_with_ticket and not self.count.is_cut and self.count.counted < self.count.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A hold; `ends_at` is None while it lasts."""

    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Everything that a task's deadlines were counted from, and how they stand."""

    task: Task
    calendar: Calendar | None
    pauses: list[Pause]
    ticket: Count
    steps: list[StepCount]
    elapsed: timedelta
    left: timedelta
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Time that is left until a deadline, and what the way to the end still takes.

    That is what the current step has left until its own deadline, and the shares of those after it
    on the heaviest way.
    """

    left: timedelta
    needed: timedelta

    @property
    def late_by(self) -> timedelta:
        return max(self.needed - self.left, timedelta(0))


def clock_of(task_id: str, *, by: Principal, at: datetime) -> Clock:
    """Return how a task's deadlines were counted. Raises TaskNotFound."""
    task = selectors.task_for_detail(number_of(task_id), by=by, at=at)
    if task is None:
        raise TaskNotFound(task_id=task_id)
    version = workflows.version_of(task.workflow_version_id)
    rules = calendars.business_calendar(version.calendar_id, at=at)
    places: list[Place] = [*parallel.branches_of(task, version.graph)] or [task]
    stopped = task.completed_at or task.paused_at or at
    return Clock(
        task=task,
        calendar=calendars.calendar(version.calendar_id) if version.calendar_id else None,
        pauses=list(_pauses(task)),
        ticket=_count(task.clock_from, task.sla_deadline, version.slas[task.priority], rules),
        steps=[_step_count(place, version, rules) for place in places],
        elapsed=deadlines.elapsed(task.clock_from, stopped, rules),
        left=deadlines.elapsed(stopped, task.sla_deadline, rules),
        state=due.sla_state(task, at=at),
    )


@dataclass
class Forecasts:
    """The forecasts of many tasks at a moment; a calendar is read once."""

    at: datetime
    _calendars: dict[int | None, BusinessCalendar | None] = field(default_factory=dict)

    def of(self, task: Task) -> Forecast:
        """Return the forecast of one task."""
        version = workflows.version_of(task.workflow_version_id)
        graph, calendar = version.graph, self._calendar(version.calendar_id)
        step_id = task.current_step_id
        later = deadlines.share(
            version.slas[task.priority],
            weight=graph.weight_from(step_id) - graph.node(step_id).weight,
            path_weight=graph.path_weight,
        )
        return Forecast(
            left=deadlines.elapsed(self.at, task.sla_deadline, calendar),
            needed=deadlines.elapsed(self.at, task.step_deadline, calendar) + later,
        )

    def _calendar(self, calendar_id: int | None) -> BusinessCalendar | None:
        if calendar_id not in self._calendars:
            calendar = calendars.business_calendar(calendar_id, at=self.at)
            self._calendars[calendar_id] = calendar
        return self._calendars[calendar_id]


def _step_count(
    place: Place, version: FrozenVersion, calendar: BusinessCalendar | None
) -> StepCount:
    weight = version.graph.node(place.current_step_id).weight
    sla, path_weight = version.slas[place.run.priority], version.graph.path_weight
    allowed = deadlines.share(sla, weight=weight, path_weight=path_weight)
    count = _count(place.step_clock_from, place.step_deadline, allowed, calendar)
    return StepCount(place=place, weight=weight, path_weight=path_weight, count=count)


def _count(
    start: datetime, deadline: datetime, allowed: timedelta, calendar: BusinessCalendar | None
) -> Count:
    found = list(islice(deadlines.spans(start, deadline, calendar), MOST_SPANS + 1))
    totals = accumulate(closes - opens for opens, closes in found)
    spans = [
        Span(begins_at=opens, ends_at=closes, counted=closes - opens, total=total)
        for (opens, closes), total in zip(found[:MOST_SPANS], totals, strict=False)
    ]
    is_cut = len(found) > MOST_SPANS
    return Count(starts_at=start, deadline=deadline, allowed=allowed, spans=spans, is_cut=is_cut)


def _pauses(task: Task) -> Iterator[Pause]:
    """Yield the holds of a task, oldest first."""
    events = TaskEvent.objects.filter(task=task, kind__in=("task_held", "task_resumed"))
    held_at: datetime | None = None
    for kind, at in events.order_by("id").values_list("kind", "at"):
        if held_at is not None:
            yield Pause(begins_at=held_at, ends_at=at)
        held_at = at if kind == "task_held" else None
    if held_at is not None:
        yield Pause(begins_at=held_at, ends_at=task.completed_at)
