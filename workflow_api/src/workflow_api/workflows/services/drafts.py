"""Definitions: made, changed, copied, deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from workflow_api.audit import services as audit
from workflow_api.audit.services import Actor, AuditEntry
from workflow_api.sla import selectors as calendars
from workflow_api.workflows import selectors
from workflow_api.workflows.faults import sla_faults
from workflow_api.workflows.frozen import PRIORITIES
from workflow_api.workflows.models import Status, Step, Transition, Workflow
from workflow_api.workflows.services.rows import (
    HEAD,
    CalendarUnknown,
    HasTasks,
    SlaOutOfOrder,
    StatusNotSet,
    locked,
    move,
    save,
)

LIVE_FIELDS = frozenset({"name", "description", "category", "sub_category", "department"})
"""What holds at once; everything else of a deployed workflow waits for the next deploy."""

COPIED_FIELDS = (
    *(LIVE_FIELDS - {"name"}),
    *(f"{name}_sla" for name in PRIORITIES),
    "end_logic",
    "assignment_strategy",
    "calendar_id",
)


@transaction.atomic
def create_workflow(*, values: Mapping[str, Any], by: Actor | None, at: datetime) -> Workflow:
    """Make an empty draft. Raises NameTaken, SlaOutOfOrder, CalendarUnknown."""
    workflow = Workflow(
        **values, created_at=at, updated_at=at, created_by=by.user_id if by else None
    )
    _check_values(workflow, values)
    save(workflow)
    entry = AuditEntry(
        subject=workflow, action="workflow_created", by=by, at=at, details=_shown(values)
    )
    audit.record(entry)
    workflow.save(update_fields=HEAD)
    return workflow


@transaction.atomic
def change_workflow(
    *, workflow_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Workflow:
    """Change some settings. Tasks that run are not touched.

    The workflow's row is locked until commit. Raises WorkflowNotFound, NameTaken, SlaOutOfOrder,
    CalendarUnknown, StatusNotSet for another status than it has.
    """
    workflow = locked(workflow_id)
    changed = {key: value for key, value in values.items() if getattr(workflow, key) != value}
    if not changed:
        return workflow
    if "status" in changed:
        raise StatusNotSet(field="status")
    entries = _changes(workflow, changed, by=by, at=at)
    for key, value in changed.items():
        setattr(workflow, key, value)
    _check_values(workflow, changed)
    workflow.updated_at = at
    workflow.has_changes |= workflow.is_published and not changed.keys() <= LIVE_FIELDS
    audit.record(*entries)
    save(workflow, *changed, "updated_at", "has_changes")
    return workflow


@transaction.atomic
def delete_workflow(*, workflow_id: int, by: Actor, at: datetime) -> None:
    """Delete a definition that never had a task, with its versions. Its audit trail stays.

    The workflow's row is locked until commit. Raises WorkflowNotFound, HasTasks.
    """
    workflow = locked(workflow_id, for_delete=True)
    if workflow.tasks.exists():
        raise HasTasks(workflow_id=workflow_id)
    details = {"name": workflow.name}
    audit.record(
        AuditEntry(subject=workflow, action="workflow_deleted", by=by, at=at, details=details)
    )
    # A deployed workflow must have a version: it stops being one before its versions go.
    workflow.status, workflow.current_version = Status.DRAFT, None
    workflow.save(update_fields=["status", "current_version", *HEAD])
    workflow.delete()


@transaction.atomic
def clone(*, workflow_id: int, name: str | None, by: Actor, at: datetime) -> Workflow:
    """Copy settings and draft into a new draft, named “… (copy)” unless told.

    The original's row is locked until commit. Raises WorkflowNotFound, NameTaken.
    """
    original = locked(workflow_id)
    values = {field: getattr(original, field) for field in COPIED_FIELDS}
    copy = create_workflow(
        values=values | {"name": name or selectors.free_name(original.name)}, by=by, at=at
    )
    _copy_graph(original, copy)
    details = {"cloned_from": original.workflow_id}
    status = selectors.resting_status(copy, at=at)
    move(copy, status, action="workflow_cloned", by=by, at=at, **details)
    return copy


def _copy_graph(original: Workflow, copy: Workflow) -> None:
    steps = list(Step.objects.filter(workflow=original).order_by("order", "step_id"))
    old_ids = [step.step_id for step in steps]
    for step in steps:
        step.pk, step.workflow = None, copy
    Step.objects.bulk_create(steps)
    new = dict(zip(old_ids, steps, strict=True))
    edges = list(Transition.objects.filter(workflow=original).order_by("transition_id"))
    for edge in edges:
        edge.pk, edge.workflow = None, copy
        edge.from_step = new[edge.from_step_id]
        edge.to_step = new[edge.to_step_id] if edge.to_step_id else None
    Transition.objects.bulk_create(edges)


def _changes(
    workflow: Workflow, changed: Mapping[str, Any], *, by: Actor, at: datetime
) -> list[AuditEntry]:
    return [
        AuditEntry(
            subject=workflow,
            action="workflow_changed",
            by=by,
            at=at,
            field=key,
            old=getattr(workflow, key),
            new=value,
        )
        for key, value in changed.items()
    ]


def _check_values(workflow: Workflow, values: Mapping[str, Any]) -> None:
    found = sla_faults(selectors.slas_of(workflow))
    if found:
        sentences = [fault.message for fault in found]
        named = [f"{name}_sla" for name in PRIORITIES if f"{name}_sla" in values]
        raise SlaOutOfOrder(errors=dict.fromkeys(named or ["urgent_sla"], sentences))
    calendar_id = values.get("calendar_id")
    if calendar_id is not None and not calendars.has_calendar(calendar_id):
        message = f"There is no calendar {calendar_id}."
        raise CalendarUnknown(message, field="calendar")


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "")}
