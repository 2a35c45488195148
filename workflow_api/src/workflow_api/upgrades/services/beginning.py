"""Deciding that tasks are moved, or put back; the work itself comes after."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Conflict
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry, client_address
from workflow_api.workflows.models import Workflow
from workflow_api.workflows.services.rows import locked, save

from .. import tokens
from ..models import AT_WORK, TaskOutcome, Upgrade, UpgradeState
from ..preview import Preview, Wanted, preview_of
from ..selectors import counts_of, upgrade

UNDO_FOR = timedelta(hours=24)
UNDOABLE = {UpgradeState.APPLIED, UpgradeState.CANCELLED}


class AnotherAtWork(Conflict):
    code = "MIGRATION_AT_WORK"
    message = "Migration {upgrade_id} of this workflow is {state}: wait until it has ended."


class PreviewUsed(Conflict):
    code = "PREVIEW_USED"
    message = "This preview was applied already, by migration {upgrade_id}."


class NothingToMove(Conflict):
    code = "NOTHING_TO_MOVE"
    message = "None of the tasks can be moved safely."


class NotUndoable(Conflict):
    code = "NOT_UNDOABLE"
    message = "Migration {upgrade_id} cannot be undone: {why}."


class NotCancellable(Conflict):
    code = "NOT_CANCELLABLE"
    message = "Migration {upgrade_id} is {state}: there is nothing left to cancel."


@transaction.atomic
def begin_upgrade(
    wanted: Wanted, *, token: str, by: Principal, at: datetime, notes: str = ""
) -> Upgrade:
    """Decide that what a preview has shown is applied; nothing is moved yet.

    The workflow's row is locked until commit. Raises WorkflowNotFound, VersionNotFound,
    NeverDeployed, PreviewMissing, PreviewNotGood, PreviewUsed, AnotherAtWork, NothingToMove.
    """
    workflow = locked(wanted.workflow_id)
    preview = preview_of(wanted)
    seen = tokens.seen(preview, token, at=at)
    if (used := Upgrade.objects.filter(preview=seen.number).first()) is not None:
        raise PreviewUsed(upgrade_id=used.pk)
    _check_alone(workflow)
    if not preview.safe:
        raise NothingToMove
    begun = Upgrade.objects.create(
        **_scope(preview),
        preview=seen.number,
        seen_at=seen.at,
        notes=notes,
        state=UpgradeState.APPLYING,
        total=preview.total,
        created_at=at,
        created_by=by.user_id,
        created_by_name=by.username,
        ip_address=client_address.get(),
    )
    details = {"safe": preview.safe, "unsafe": preview.total - preview.safe, "notes": notes}
    _record(workflow, "workflow_migration_begun", begun, by=by, at=at, details=details)
    return begun


@transaction.atomic
def begin_undo(*, workflow_id: int, upgrade_id: int, by: Principal, at: datetime) -> Upgrade:
    """Decide that an upgrade is undone, within 24 hours of its end; nothing is put back yet.

    The workflow's row is locked until commit. Raises WorkflowNotFound, UpgradeNotFound,
    AnotherAtWork, NotUndoable.
    """
    workflow = locked(workflow_id)
    found = upgrade(workflow_id=workflow_id, upgrade_id=upgrade_id)
    _check_undoable(found, at=at)
    _check_alone(workflow)
    found.state, found.undo_started_at = UpgradeState.UNDOING, at
    found.undo_by, found.undo_by_name = by.user_id, by.username
    found.ip_address, found.worked_at, found.cursor = client_address.get(), None, 0
    found.save()
    _record(workflow, "workflow_migration_undone", found, by=by, at=at)
    return found


@transaction.atomic
def cancel_upgrade(*, workflow_id: int, upgrade_id: int, by: Principal, at: datetime) -> Upgrade:
    """Decide that an upgrade moves no more tasks; those that it has moved stay, and can be undone.

    The workflow's row and the upgrade's are locked until commit, so the move of a task is waited
    for or does not happen. Raises WorkflowNotFound, UpgradeNotFound, NotCancellable.
    """
    workflow = locked(workflow_id)
    upgrade(workflow_id=workflow_id, upgrade_id=upgrade_id)
    found = Upgrade.objects.select_for_update(no_key=True).get(pk=upgrade_id)
    if found.state != UpgradeState.APPLYING:
        raise NotCancellable(upgrade_id=upgrade_id, state=found.state)
    found.state, found.finished_at, found.worked_at = UpgradeState.CANCELLED, at, None
    found.cancelled_by, found.cancelled_by_name = by.user_id, by.username
    found.counts = counts_of(found)
    found.save()
    moved = found.counts["outcomes"][TaskOutcome.MOVED]
    details = {"moved": moved, "total": found.total}
    _record(workflow, "workflow_migration_cancelled", found, by=by, at=at, details=details)
    return found


def undoable_until(found: Upgrade) -> datetime | None:
    """Return until when an upgrade can be undone; None where it cannot."""
    if found.state not in UNDOABLE or found.finished_at is None:
        return None
    return found.finished_at + UNDO_FOR


def _scope(preview: Preview) -> dict[str, Any]:
    wanted = preview.wanted
    return {
        "workflow_id": wanted.workflow_id,
        "to_version_id": preview.target.version_id,
        "from_versions": None if wanted.from_versions is None else list(wanted.from_versions),
        "step_map": {str(old): new for old, new in wanted.step_map.items()},
        "task_numbers": None if wanted.task_numbers is None else list(wanted.task_numbers),
    }


def _check_alone(workflow: Workflow) -> None:
    other = Upgrade.objects.filter(workflow=workflow, state__in=AT_WORK).first()
    if other is not None:
        raise AnotherAtWork(upgrade_id=other.pk, state=other.state)


def _check_undoable(found: Upgrade, *, at: datetime) -> None:
    until = undoable_until(found)
    if until is None:
        raise NotUndoable(upgrade_id=found.pk, why=f"it is {found.state}")
    if at > until:
        raise NotUndoable(upgrade_id=found.pk, why=f"that was possible until {until.isoformat()}")


def _record(
    workflow: Workflow,
    action: str,
    found: Upgrade,
    *,
    by: Principal,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    values = {"upgrade_id": found.pk, "to_version": found.to_version.number} | (details or {})
    audit.record(AuditEntry(subject=workflow, action=action, by=by, at=at, details=values))
    save(workflow, "updated_at")
