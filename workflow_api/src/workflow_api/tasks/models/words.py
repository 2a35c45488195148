"""The words of tickets and tasks, and which tasks are open."""

from django.db import models
from django.db.models import Q

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
