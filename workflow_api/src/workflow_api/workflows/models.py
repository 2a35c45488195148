"""Definitions: the draft that people edit, and the versions that tasks run on."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from workflow_api.workflows.graph import EdgeKind, JoinRule, NodeKind


class Status(models.TextChoices):
    """Where a definition stands; only `deployed` takes new tickets."""

    DRAFT = "draft", "Draft"
    INITIALIZED = "initialized", "Initialized"
    DEPLOYED = "deployed", "Deployed"
    PAUSED = "paused", "Paused"


class EndLogic(models.TextChoices):
    """What a finished run asks for."""

    ASSET = "asset", "Asset check-out"
    BUDGET = "budget", "Budget"
    NOTIFICATION = "notification", "Notification"


class Strategy(models.TextChoices):
    """How a step finds its person."""

    ROUND_ROBIN = "round_robin", "Round robin"
    LEAST_LOADED = "least_loaded", "Least loaded"
    STICKY = "sticky", "Who held it before"
    MANUAL = "manual", "Claimed from a pool"


class Workflow(models.Model):
    """A way of working for tickets of one category; its steps and transitions are a draft.

    `revision` counts the saves of the graph: who saves must name the one that was read.
    Name, description and what it matches hold at once; the rest with the next deploy, and
    `has_changes` says that one is due.
    """

    workflow_id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, default="")
    category = models.CharField(max_length=100)
    sub_category = models.CharField(max_length=100, blank=True, default="")
    department = models.CharField(max_length=100, blank=True, default="")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    low_sla = models.DurationField(default=timedelta(days=3))
    medium_sla = models.DurationField(default=timedelta(days=1))
    high_sla = models.DurationField(default=timedelta(hours=8))
    urgent_sla = models.DurationField(default=timedelta(hours=4))
    end_logic = models.CharField(max_length=12, choices=EndLogic.choices, blank=True, default="")
    assignment_strategy = models.CharField(
        max_length=12, choices=Strategy.choices, default=Strategy.ROUND_ROBIN
    )
    calendar = models.ForeignKey(
        "sla.Calendar", null=True, blank=True, on_delete=models.PROTECT, related_name="workflows"
    )
    current_version = models.OneToOneField(
        "WorkflowVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="current_for",
    )
    revision = models.IntegerField(default=1)
    has_changes = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField()
    graph_saved_at = models.DateTimeField(null=True, blank=True)
    graph_saved_by = models.CharField(max_length=150, blank=True, default="")
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="workflow_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="workflow_has_name"),
            models.CheckConstraint(condition=~Q(category=""), name="workflow_has_category"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="workflow_status_known"
            ),
            models.CheckConstraint(
                condition=Q(urgent_sla__gt=timedelta(0))
                & Q(urgent_sla__lt=F("high_sla"))
                & Q(high_sla__lt=F("medium_sla"))
                & Q(medium_sla__lt=F("low_sla")),
                name="workflow_sla_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.DEPLOYED, Status.PAUSED])
                | Q(current_version__isnull=False),
                name="workflow_deployed_has_version",
            ),
        ]
        indexes = [
            models.Index(
                Lower("category"),
                Lower("sub_category"),
                Lower("department"),
                F("workflow_id"),
                condition=Q(status="deployed"),
                name="workflow_matching",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_subject(self) -> str:
        return f"workflow:{self.workflow_id}"

    @property
    def is_published(self) -> bool:
        """Whether a version was ever deployed; it stays so while paused."""
        return self.current_version_id is not None


def no_position() -> dict[str, float]:
    return {"x": 0, "y": 0}


class Step(models.Model):
    """A step of a draft; its number stays the same in every version frozen from it."""

    step_id = models.BigAutoField(primary_key=True)
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=120)
    role = models.ForeignKey(
        "roles.Role", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalate_to = models.ForeignKey(
        "roles.Role", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    description = models.TextField(blank=True, default="")
    instruction = models.TextField(blank=True, default="")
    weight = models.DecimalField(max_digits=9, decimal_places=3, default=Decimal(1))
    order = models.IntegerField(default=0)
    is_start = models.BooleanField(default=False)
    is_end = models.BooleanField(default=False)
    requires_approval = models.BooleanField(default=False)
    approvals_needed = models.PositiveSmallIntegerField(default=1, db_default=1)
    requester_may_approve = models.BooleanField(default=True, db_default=True)
    previous_may_approve = models.BooleanField(default=True, db_default=True)
    fork = models.BooleanField(default=False, db_default=False)
    join = models.CharField(max_length=5, blank=True, default="", db_default="")
    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value) for kind in NodeKind], default="human"
    )
    position = models.JSONField(default=no_position)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NodeKind]), name="step_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(approvals_needed__gte=1), name="step_needs_an_approval"
            ),
            models.CheckConstraint(
                condition=Q(join__regex=r"^(|all|first|[1-9][0-9]*)$"), name="step_join_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def join_rule(self) -> JoinRule:
        """What `join` says: "all", "first", a number, or nothing."""
        if self.join.isdecimal():
            return int(self.join)
        if self.join == "first":
            return "first"
        return "all" if self.join else None


class Transition(models.Model):
    """An edge of a draft; without a `to_step` it ends the run."""

    transition_id = models.BigAutoField(primary_key=True)
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="transitions")
    from_step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="+")
    to_step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(
        max_length=8, choices=[(kind.value, kind.value) for kind in EdgeKind], default="forward"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EdgeKind]),
                name="transition_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.from_step_id} → {self.to_step_id or 'end'}"


class WorkflowVersion(models.Model):
    """What a deploy froze: the graph and the settings that tasks of it run on, for life.

    A trigger refuses every UPDATE. Read it through `selectors.version_of`, which keeps it parsed.
    """

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    graph: "models.JSONField[Any, Any]" = models.JSONField()
    settings: "models.JSONField[Any, Any]" = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True, blank=True)
    created_by_name = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workflow", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.workflow_id} v{self.number}"
