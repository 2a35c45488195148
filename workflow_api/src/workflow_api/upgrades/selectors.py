"""Reading upgrades and what they did."""

from django.db.models import Count, QuerySet

from servicekit.errors import NotFound
from workflow_api.workflows import selectors as workflows

from .models import Upgrade, UpgradedTask, nothing_counted


class UpgradeNotFound(NotFound):
    message = "Workflow {workflow_id} has no migration {upgrade_id}."


def upgrades(workflow_id: int) -> QuerySet[Upgrade]:
    """Return the upgrades of a workflow, the newest first. Raises WorkflowNotFound."""
    workflows.workflow(workflow_id)
    found = Upgrade.objects.filter(workflow=workflow_id).select_related("to_version")
    return found.order_by("-id")


def upgrade(*, workflow_id: int, upgrade_id: int) -> Upgrade:
    """Return one upgrade of a workflow. Raises WorkflowNotFound, UpgradeNotFound."""
    if (found := upgrades(workflow_id).filter(pk=upgrade_id).first()) is None:
        raise UpgradeNotFound(workflow_id=workflow_id, upgrade_id=upgrade_id)
    return found


def counts_of(found: Upgrade) -> dict[str, dict[str, int]]:
    """Return how many tasks of an upgrade had which outcome, and why others stayed."""
    rows = UpgradedTask.objects.filter(upgrade=found).values_list("outcome", "reason")
    counts = nothing_counted()
    outcomes, reasons = counts["outcomes"], counts["reasons"]
    for outcome, reason, tasks in rows.annotate(tasks=Count("id")).order_by():
        outcomes[outcome] += tasks
        if reason:
            reasons[reason] = reasons.get(reason, 0) + tasks
    return counts


def tasks_of(
    upgrade_id: int, *, outcome: str | None = None, reason: str | None = None
) -> QuerySet[UpgradedTask]:
    """Return what an upgrade did task by task; None does not narrow."""
    found = UpgradedTask.objects.filter(upgrade=upgrade_id)
    if outcome is not None:
        found = found.filter(outcome=outcome)
    if reason is not None:
        found = found.filter(reason=reason)
    return found.order_by("id")
