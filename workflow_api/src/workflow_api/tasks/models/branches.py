"""Parallel work: the branches of a task between a fork and its join."""

from django.db import models
from django.db.models import Q

from .runs import Task


class BranchState(models.TextChoices):
    """Where a branch stands; the first two are under way."""

    PENDING = "pending", "Pending"
    IN_PROGRESS = "in_progress", "In progress"
    ARRIVED = "arrived", "Arrived"
    CANCELLED = "cancelled", "Cancelled"


UNDER_WAY = [BranchState.PENDING.value, BranchState.IN_PROGRESS.value]
IS_UNDER_WAY = Q(state__in=UNDER_WAY)


class Branch(models.Model):
    """One of several ways that a task goes at once, at one step at a time.

    What it repeats of the task's fields means the same for the branch alone. `round` counts how
    often the task has forked, `since` is the version of the task that last changed the branch,
    `ended_by` who brought it to the join or out.
    """

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="branches", db_index=False
    )
    round = models.PositiveIntegerField()
    fork_step_id = models.BigIntegerField()
    transition_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=BranchState.choices)
    current_step_id = models.BigIntegerField()
    current_step_name = models.CharField(max_length=120)
    current_role = models.ForeignKey(
        "roles.Role", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        "roles.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="held_branches",
        db_index=False,
    )
    step_clock_from = models.DateTimeField()
    step_deadline = models.DateTimeField()
    since = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "round", "transition_id"], name="branch_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["task", "current_step_id"],
                condition=IS_UNDER_WAY,
                name="branch_alone_at_its_step",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BranchState.values), name="branch_state_known"
            ),
            models.CheckConstraint(
                condition=(IS_UNDER_WAY & Q(ended_at=None))
                | (~IS_UNDER_WAY & Q(ended_at__isnull=False)),
                name="branch_ended_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "task"], condition=IS_UNDER_WAY, name="branch_held"),
            models.Index(
                fields=["current_role", "task"], condition=IS_UNDER_WAY, name="branch_by_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.current_step_name}"

    @property
    def run(self) -> Task:
        """The task that it belongs to; a task is its own."""
        return self.task

    @property
    def holder_name(self) -> str:
        """What colleagues call who holds it now; empty for nobody."""
        return str(self.assignee or "")

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


Place = Task | Branch
"""Where work is done: the task itself, or while it is split one of its branches."""
