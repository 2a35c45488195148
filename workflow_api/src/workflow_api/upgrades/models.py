"""Upgrades: open tasks taken to another version of their workflow, task by task."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class UpgradeState(models.TextChoices):
    """How far an upgrade is; the two that work can be alone in a workflow only.

    A cancelled one has moved some tasks and moves no more.
    """

    APPLYING = "applying", "Applying"
    APPLIED = "applied", "Applied"
    CANCELLED = "cancelled", "Cancelled"
    UNDOING = "undoing", "Undoing"
    UNDONE = "undone", "Undone"


AT_WORK = [UpgradeState.APPLYING.value, UpgradeState.UNDOING.value]


class TaskOutcome(models.TextChoices):
    """What became of one task."""

    MOVED = "moved", "Moved"
    SKIPPED = "skipped", "Skipped"
    PUT_BACK = "put_back", "Put back"
    LEFT = "left", "Left where it is"


def nothing_counted() -> dict[str, dict[str, int]]:
    return {"outcomes": dict.fromkeys(TaskOutcome.values, 0), "reasons": {}}


class Upgrade(models.Model):
    """One application of a preview to the open tasks of a workflow, and its undoing.

    `seen_at` is when the preview was made, `preview` its number; None in `from_versions` or
    `task_numbers` means all. `cursor` is the last task that was dealt with, `worked_at` when the
    process at work took it up. `counts` repeats the outcomes of its tasks.
    """

    id = models.BigAutoField(primary_key=True)
    workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    to_version = models.ForeignKey(
        "workflows.WorkflowVersion", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    from_versions = ArrayField(models.IntegerField(), null=True, blank=True)
    step_map = models.JSONField(default=dict, blank=True)
    task_numbers = ArrayField(models.BigIntegerField(), null=True, blank=True)
    preview = models.UUIDField(unique=True)
    seen_at = models.DateTimeField()
    notes = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=UpgradeState.choices)
    total = models.IntegerField()
    counts = models.JSONField(default=nothing_counted, blank=True)
    cursor = models.BigIntegerField(default=0)
    worked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()
    created_by_name = models.CharField(max_length=150)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.BigIntegerField(null=True, blank=True)
    cancelled_by_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    undo_started_at = models.DateTimeField(null=True, blank=True)
    undo_by = models.BigIntegerField(null=True, blank=True)
    undo_by_name = models.CharField(max_length=150, blank=True, default="")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workflow"],
                condition=Q(state__in=AT_WORK),
                name="upgrade_one_at_work_per_workflow",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UpgradeState.values), name="upgrade_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=UpgradeState.APPLYING, finished_at=None)
                | (~Q(state=UpgradeState.APPLYING) & Q(finished_at__isnull=False)),
                name="upgrade_finished_once_applied",
            ),
        ]
        indexes = [
            models.Index(fields=["workflow", "-id"], name="upgrade_of_workflow"),
            models.Index(fields=["id"], condition=Q(state__in=AT_WORK), name="upgrade_at_work"),
        ]

    def __str__(self) -> str:
        return f"{self.workflow_id} → version row {self.to_version_id}: {self.state}"


class UpgradedTask(models.Model):
    """What an upgrade did with one task; `before` is where it stood, for putting it back.

    `version_after` is the task's version right after the move: with another one it has changed
    since.
    """

    id = models.BigAutoField(primary_key=True)
    upgrade = models.ForeignKey(Upgrade, on_delete=models.CASCADE, related_name="tasks")
    task = models.ForeignKey(
        "tasks.Task", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=10, choices=TaskOutcome.choices)
    reason = models.CharField(max_length=30, blank=True, default="")
    sentence = models.TextField(blank=True, default="")
    from_version = models.IntegerField()
    from_step = models.CharField(max_length=120)
    to_step = models.CharField(max_length=120, blank=True, default="")
    before = models.JSONField(default=dict, blank=True)
    version_after = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upgrade", "task"], name="upgraded_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=TaskOutcome.values), name="upgraded_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=TaskOutcome.SKIPPED) | Q(version_after__isnull=False),
                name="upgraded_moved_has_version",
            ),
        ]
        indexes = [
            models.Index(fields=["upgrade", "outcome", "id"], name="upgraded_by_outcome"),
            models.Index(fields=["task"], name="upgraded_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task_name} {self.outcome}"

    @property
    def task_name(self) -> str:
        """Return what people call the task."""
        return f"T-{self.task_id}"
