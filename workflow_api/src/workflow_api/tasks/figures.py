"""Figures of the tasks that began in a time: every report counts the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, TruncDate

from workflow_api.roles import selectors as roles

from .models import (
    IS_OPEN,
    SEVERITIES,
    Assignment,
    Outcome,
    Result,
    Task,
    Ticket,
    TicketState,
)

Rows = list[dict[str, Any]]
WORKED = [Outcome.DONE, Outcome.APPROVED, Outcome.REJECTED]
HANDED_ON = [Outcome.TRANSFERRED, Outcome.ESCALATED]


class Median(Aggregate):
    """The middle one of durations; null of none."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Figures:
    """The reports over the tasks that began from `since` to before `until`, as they stand `at`."""

    since: datetime
    until: datetime
    at: datetime

    def summary(self) -> dict[str, Any]:
        """Return the figures of all, with the tickets of that time that wait for a workflow."""
        waiting = Ticket.objects.filter(
            state=TicketState.UNMATCHED, received_at__gte=self.since, received_at__lt=self.until
        )
        return self._tasks.aggregate(**self._figures) | {"unmatched": waiting.count()}

    def by_day(self) -> Rows:
        """Return the figures of each day in UTC on which a task began."""
        return self._by(day=TruncDate("created_at", tzinfo=UTC))

    def by_workflow(self) -> Rows:
        """Return the figures of each workflow, by name."""
        return self._by("workflow_id", workflow_name=F("workflow__name"))

    def by_priority(self) -> Rows:
        """Return the figures of each priority, the most urgent first; `met` ended in time."""
        met = {"met": Count("number", filter=~IS_OPEN & ~self._is_late)}
        rows = self._by("priority", more=met)
        return sorted(rows, key=lambda row: SEVERITIES[row["priority"]], reverse=True)

    def by_hour(self) -> Rows:
        """Return how many tasks began on which weekday (Monday is 1) in which hour, in UTC."""
        when = {
            "weekday": ExtractIsoWeekDay("created_at", tzinfo=UTC),
            "hour": ExtractHour("created_at", tzinfo=UTC),
        }
        rows = self._tasks.values(**when).annotate(tasks=Count("number"))
        return [dict(row) for row in rows.order_by(*when)]

    def by_agent(self) -> Rows:
        """Return who was given steps of these tasks, and what became of them, by name."""
        held = Assignment.objects.filter(
            task__created_at__gte=self.since, task__created_at__lt=self.until
        )
        counted = held.values("person").annotate(**self._figures_of_work).order_by("person")
        rows = list(counted)
        names = roles.names_of(row["person"] for row in rows)
        named = [
            row | {"user_id": row["person"], "user_name": names[row["person"]]} for row in rows
        ]
        return sorted(named, key=lambda row: (row["user_name"].casefold(), row["user_id"]))

    @property
    def _tasks(self) -> QuerySet[Task]:
        return Task.objects.filter(created_at__gte=self.since, created_at__lt=self.until)

    def _by(self, *names: str, more: Mapping[str, Any] | None = None, **columns: Any) -> Rows:
        """Return the figures, and `more`, by these columns and in their order."""
        rows = self._tasks.values(*names, **columns).annotate(**self._figures, **(more or {}))
        return list(rows.order_by(*columns, *names))

    @cached_property
    def _is_late(self) -> Q:
        """As `due.sla_state`: an ended or paused clock stays where it was."""
        now = Value(self.at, output_field=DateTimeField())
        return Q(sla_deadline__lte=Coalesce("completed_at", "paused_at", now))

    @cached_property
    def _figures(self) -> Mapping[str, Any]:
        solved = Q(result__in=[Result.RESOLVED, Result.REJECTED])
        return {
            "tasks": Count("number"),
            "open": Count("number", filter=IS_OPEN),
            **{each.value: Count("number", filter=Q(result=each)) for each in Result},
            "breached": Count("number", filter=self._is_late),
            "median_resolution": Median(_between("created_at", "completed_at"), filter=solved),
        }

    @cached_property
    def _figures_of_work(self) -> Mapping[str, Any]:
        late = Q(due_at__lte=Coalesce("closed_at", Value(self.at, output_field=DateTimeField())))
        worked = Q(outcome__in=WORKED)
        return {
            "assignments": Count("id"),
            "open": Count("id", filter=Q(closed_at=None)),
            "done": Count("id", filter=worked),
            "handed_on": Count("id", filter=Q(outcome__in=HANDED_ON)),
            "cancelled": Count("id", filter=Q(outcome=Outcome.CANCELLED)),
            "late": Count("id", filter=late),
            "effort": Sum("weight"),
            "median_handling": Median(_between("assigned_at", "closed_at"), filter=worked),
        }


def _between(start: str, end: str) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())
