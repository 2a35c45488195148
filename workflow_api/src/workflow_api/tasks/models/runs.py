"""Tasks: one run of one version for one ticket."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from ..states import OPEN, State
from .tickets import Ticket
from .words import CLOCK_RUNS, IS_OPEN, PAST_END, SEVERITY, STANDING, Priority, Result


class Task(models.Model):
    """One run of one workflow version for one ticket, at one step at a time.

    `number` is what people see as `T-<number>`; `version` grows with every change. `assignee`
    repeats the open assignment (the last one, once ended), `current_*` the node of the pinned
    version: lists filter on them; while it is split into branches they show the one due first.
    `clock_from` is when the ticket came plus the calendar time on hold, so that its deadline is
    that + service level; `step_clock_from` is the same for the step.
    """

    number = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="tasks")
    workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    workflow_version = models.ForeignKey(
        "workflows.WorkflowVersion",
        on_delete=models.PROTECT,
        related_name="tasks",
        db_index=False,
    )
    state = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in State], default=State.PENDING
    )
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default="")
    priority = models.CharField(max_length=10, choices=Priority.choices)
    owner = models.ForeignKey(
        "roles.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_tasks",
        db_index=False,
    )
    assignee = models.ForeignKey(
        "roles.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="held_tasks",
        db_index=False,
    )
    current_step_id = models.BigIntegerField()
    current_step_name = models.CharField(max_length=120)
    current_role = models.ForeignKey(
        "roles.Role", on_delete=models.PROTECT, related_name="tasks_at_step", db_index=False
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    clock_from = models.DateTimeField()
    sla_deadline = models.DateTimeField()
    sla_warn_at = models.DateTimeField()
    sla_warned_at = models.DateTimeField(null=True, blank=True)
    sla_breached_at = models.DateTimeField(null=True, blank=True)
    step_clock_from = models.DateTimeField()
    step_deadline = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "workflow"], condition=IS_OPEN, name="task_one_open_per_workflow"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]), name="task_state_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="task_priority_known"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=PAST_END, completed_at__isnull=False) & ~Q(result=""))
                | (IS_OPEN & Q(completed_at=None, result="")),
                name="task_ended_has_result",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ON_HOLD, paused_at__isnull=False)
                | (~Q(state=State.ON_HOLD) & Q(paused_at=None)),
                name="task_paused_on_hold",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("created_at")),
                name="task_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(sla_warn_at__lte=F("sla_deadline")), name="task_warned_before_breach"
            ),
        ]
        indexes = [
            models.Index(fields=["sla_deadline", "number"], condition=IS_OPEN, name="task_open"),
            models.Index(
                fields=["assignee", "sla_deadline"], condition=IS_OPEN, name="task_held_by"
            ),
            models.Index(
                fields=["owner", "sla_deadline", "number"], condition=IS_OPEN, name="task_owned_by"
            ),
            models.Index(
                fields=["sla_deadline"],
                condition=IS_OPEN & Q(assignee=None),
                name="task_held_by_nobody",
            ),
            models.Index(
                fields=["sla_warn_at"],
                condition=CLOCK_RUNS & Q(sla_warned_at=None),
                name="task_warning_due",
            ),
            models.Index(
                fields=["sla_deadline"],
                condition=CLOCK_RUNS & Q(sla_breached_at=None),
                name="task_breach_due",
            ),
            models.Index(fields=["step_deadline"], condition=CLOCK_RUNS, name="task_step_due"),
            models.Index(fields=["number"], condition=IS_OPEN, name="task_open_newest"),
            BrinIndex(fields=["created_at"], name="task_in_time"),
            # Lists: each filter, and each order, with the number behind it, read either way
            models.Index(fields=["state", "number"], name="task_in_state"),
            models.Index(SEVERITY, "number", name="task_by_severity"),
            models.Index(STANDING, "number", name="task_by_standing"),
            models.Index(fields=["workflow", "-number"], name="task_by_workflow"),
            models.Index(fields=["workflow_version", "number"], name="task_by_version"),
            models.Index(fields=["current_role", "-number"], name="task_by_role"),
            models.Index(fields=["owner", "-number"], name="task_by_owner"),
            models.Index(fields=["assignee", "number"], name="task_by_assignee"),
            models.Index(fields=["sla_deadline", "number"], name="task_by_deadline"),
            models.Index(fields=["step_deadline", "number"], name="task_by_step_deadline"),
        ]

    def __str__(self) -> str:
        return self.task_id

    @property
    def task_id(self) -> str:
        return f"T-{self.number}"

    @property
    def holder_name(self) -> str:
        """What colleagues call who holds it now; empty for nobody."""
        return str(self.assignee or "")

    @property
    def run(self) -> "Task":
        """Itself; a branch names the task that it belongs to."""
        return self

    @property
    def audit_subject(self) -> str:
        return f"task:{self.task_id}"

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN
