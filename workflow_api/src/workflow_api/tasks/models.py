"""Tickets as received, tasks (one run of one version for one ticket), and their history."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from .states import OPEN, State

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


class Ticket(models.Model):
    """What a requester asked for, as the help desk sent it last.

    The id is the number that comments and sockets use. `version` grows with everything that
    Messaging must hear; `content_hash` covers what the help desk wrote.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=20, default="hdts")
    external_id = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    priority = models.CharField(max_length=10, choices=Priority.choices)
    category = models.CharField(max_length=100)
    sub_category = models.CharField(max_length=100)
    department = models.CharField(max_length=100, blank=True, default="")
    requester_name = models.CharField(max_length=200, blank=True, default="")
    requester_email = models.CharField(max_length=254, blank=True, default="")
    attachments = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    revised_at = models.DateTimeField(null=True, blank=True)
    revision = models.BigIntegerField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=TicketState.choices)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    drawn_number: int | None = None  # of the first task, by the INSERT of the ticket; not stored

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="ticket_once"),
            models.CheckConstraint(
                condition=Q(state__in=TicketState.values), name="ticket_state_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="ticket_priority_known"
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="ticket_has_external_id"),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(state="unmatched"), name="ticket_unmatched"
            ),
            models.Index(fields=["state", "-id"], name="ticket_by_state"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def audit_subject(self) -> str:
        return f"ticket:{self.id}"


class Task(models.Model):
    """One run of one workflow version for one ticket, at one step at a time.

    `number` is what people see as `T-<number>`; `version` grows with every change. `assignee`
    repeats the open assignment (the last one, once ended), `current_*` the node of the pinned
    version: lists filter on them. `clock_from` is when the ticket came plus the calendar time on
    hold, so that its deadline is that + service level; `step_clock_from` is the same for the step.
    """

    number = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="tasks")
    workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    workflow_version = models.ForeignKey(
        "workflows.WorkflowVersion", on_delete=models.PROTECT, related_name="tasks"
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
            models.Index(fields=["state", "-number"], name="task_by_state"),
            models.Index(fields=["priority", "-number"], name="task_by_priority"),
            models.Index(fields=["workflow", "-number"], name="task_by_workflow"),
            models.Index(fields=["current_role", "-number"], name="task_by_role"),
            models.Index(fields=["owner", "-number"], name="task_by_owner"),
        ]

    def __str__(self) -> str:
        return self.task_id

    @property
    def task_id(self) -> str:
        return f"T-{self.number}"

    @property
    def audit_subject(self) -> str:
        return f"task:{self.task_id}"

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN


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
                fields=["task", "person"], condition=Q(counts=True), name="approval_once_a_person"
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

    class Meta:
        indexes = [models.Index(fields=["task", "id"], name="event_of_task")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
