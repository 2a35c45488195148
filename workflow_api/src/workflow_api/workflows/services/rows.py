"""What the writes share: the lock, the save, the trail, the errors."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from servicekit.errors import Conflict, Invalid
from workflow_api.audit import services as audit
from workflow_api.audit.services import Actor, AuditEntry
from workflow_api.workflows.models import Status, Workflow
from workflow_api.workflows.selectors import WorkflowNotFound

HEAD = ["audit_seq", "audit_hash"]


class NameTaken(Invalid):
    message = "There is another workflow named “{name}”."


class SlaOutOfOrder(Invalid):
    message = "The times must be positive, and urgent < high < medium < low."


class CalendarUnknown(Invalid):
    """The calendar of the workflow does not exist."""


class StatusNotSet(Invalid):
    message = "The status changes by deploy/, pause/ and resume/ alone."


class CannotDeploy(Invalid):
    """`details.faults` lists every fault with its step or transition."""

    message = "The workflow cannot be deployed: {summary}"


class HasTasks(Conflict):
    message = "Workflow {workflow_id} has tasks; pause it instead."


class WrongStatus(Conflict):
    message = "Workflow {workflow_id} is {status}; only a {needed} one can be {verb}."


def locked(workflow_id: int, *, for_delete: bool = False) -> Workflow:
    """Return a workflow, its row locked until commit. Raises WorkflowNotFound.

    Only a lock for a delete keeps new tasks of it waiting.
    """
    rows = Workflow.objects.select_for_update(no_key=not for_delete)
    if (workflow := rows.filter(pk=workflow_id).first()) is None:
        raise WorkflowNotFound(workflow_id=workflow_id)
    return workflow


def save(workflow: Workflow, *fields: str) -> None:
    """Save some fields and the head of the trail, or everything of a new row. Raises NameTaken."""
    try:
        if fields:
            workflow.save(update_fields=[*fields, *HEAD])
        else:
            workflow.save(force_insert=True)
    except IntegrityError as exc:
        if "workflow_name_unique" in str(exc):
            raise NameTaken(field="name", name=workflow.name) from exc
        raise


def move(
    workflow: Workflow,
    status: Status,
    *,
    action: str,
    by: Actor | None,
    at: datetime,
    **details: Any,
) -> None:
    """Give the workflow a status, save it and record it."""
    old, workflow.status, workflow.updated_at = workflow.status, status, at
    if workflow.current_version is not None:
        details |= {"version": workflow.current_version.number}
    audit.record(
        AuditEntry(
            subject=workflow,
            action=action,
            by=by,
            at=at,
            field="status",
            old=old,
            new=status.value,
            details=details,
        )
    )
    save(workflow, "status", "current_version", "updated_at", "has_changes")
