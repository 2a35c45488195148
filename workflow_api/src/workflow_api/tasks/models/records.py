"""Who held and who approved which step, and what happened."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from .runs import Task
from .words import Outcome


class Assignment(models.Model):
    """Who held one step of a task, from when to when; open while `closed_at` is null.

    `weight` is the step's, the measure of effort; `decision` says why this person.
    """

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    step_id = models.BigIntegerField()
    step_name = models.CharField(max_length=120)
    role = models.ForeignKey(
        "roles.Role", on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    person = models.ForeignKey(
        "roles.Person", on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    weight = models.FloatField(default=1, db_default=1)
    decision = models.JSONField(default=dict, db_default={}, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "step_id"],
                condition=Q(closed_at=None),
                name="assignment_one_open_per_step",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("assigned_at")),
                name="assignment_closes_later",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & Q(outcome__in=Outcome.values)),
                name="assignment_closed_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "task"], name="assignment_of_person"),
            BrinIndex(fields=["assigned_at"], name="assignment_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.step_name}: {self.person_id}"


class Approval(models.Model):
    """That somebody approved a step of several approvals; it counts until the step is left."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="approvals", db_index=False
    )
    step_id = models.BigIntegerField()
    person = models.ForeignKey(
        "roles.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "step_id", "person"],
                condition=Q(counts=True),
                name="approval_once_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} by {self.person_id}"


class TaskEvent(models.Model):
    """One line of a task's history, for people to read; the audit trail is the evidence."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True, blank=True)
    user_name = models.CharField(max_length=320, blank=True, default="")
    from_state = models.CharField(max_length=20, blank=True, default="")
    to_state = models.CharField(max_length=20, blank=True, default="")
    from_step = models.CharField(max_length=120, blank=True, default="")
    to_step = models.CharField(max_length=120, blank=True, default="")
    notes = models.TextField(blank=True, default="")
    details = models.JSONField(default=dict, blank=True)
    # What people are called today, for who shows the history; not stored
    user_full_name: str = ""
    to_user_full_name: str = ""

    class Meta:
        indexes = [models.Index(fields=["task", "id"], name="event_of_task")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def to_user_id(self) -> int | None:
        """Who was given something, if that is what happened."""
        given: int | None = self.details.get("user_id")
        return given
