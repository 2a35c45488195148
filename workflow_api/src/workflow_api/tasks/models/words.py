"""The words of tickets and tasks, and which tasks are open."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from ..states import OPEN, State

PAST_END = [State.COMPLETED.value, State.CLOSED.value]
OPEN_STATES = sorted(each.value for each in OPEN)
IS_OPEN = Q(state__in=OPEN_STATES)
CLOCK_RUNS = IS_OPEN & Q(paused_at=None)


class Priority(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    URGENT = "urgent", "Urgent"


SEVERITIES = {each: rank for rank, each in enumerate(Priority)}
SEVERITY = Case(
    *(When(priority=each.value, then=Value(rank)) for each, rank in SEVERITIES.items()),
    output_field=models.IntegerField(),
)
"""The priority as a number that grows with it, for indexes and orders."""

_STOPPED = Coalesce("completed_at", "paused_at")
STANDING = Case(
    When(completed_at=None, paused_at=None, then=Value("running")),
    When(sla_deadline__lte=_STOPPED, then=Value("breached")),
    When(sla_warn_at__lte=_STOPPED, then=Value("at_risk")),
    default=Value("ok"),
    output_field=models.CharField(),
)
"""How a task's clock stands for good; a running one depends on when it is asked."""


class TicketState(models.TextChoices):
    """What became of a ticket; `unmatched` waits for a workflow that fits."""

    UNMATCHED = "unmatched", "Unmatched"
    RUNNING = "running", "Running"
    RESOLVED = "resolved", "Resolved"
    REJECTED = "rejected", "Rejected"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class Result(models.TextChoices):
    """How a run ended."""

    RESOLVED = "resolved", "Resolved"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled"


class Outcome(models.TextChoices):
    """Why an assignment was closed."""

    DONE = "done", "Done"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    TRANSFERRED = "transferred", "Transferred"
    ESCALATED = "escalated", "Escalated"
    CANCELLED = "cancelled", "Cancelled"
