"""Deployment: a draft frozen as a version, new tickets let in or kept out."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from workflow_api.audit.services import Actor
from workflow_api.workflows import selectors
from workflow_api.workflows.fault import Fault
from workflow_api.workflows.models import Status, Workflow, WorkflowVersion
from workflow_api.workflows.services.rows import CannotDeploy, WrongStatus, locked, move


@transaction.atomic
def deploy(*, workflow_id: int, by: Actor | None, at: datetime) -> Workflow:
    """Freeze the draft as a new version that new tickets run on; a paused workflow runs again.

    Without a change since the last deploy its version stays. The workflow's row is locked until
    commit. Raises WorkflowNotFound, CannotDeploy with every fault.
    """
    workflow = locked(workflow_id)
    if found := selectors.faults_of(workflow, at=at):
        raise _cannot_deploy(found)
    if workflow.current_version is None or workflow.has_changes:
        workflow.current_version = _freeze(workflow, by=by, at=at)
        workflow.has_changes = False
    move(workflow, Status.DEPLOYED, action="workflow_deployed", by=by, at=at)
    return workflow


@transaction.atomic
def pause(*, workflow_id: int, by: Actor, at: datetime) -> Workflow:
    """Take no new tickets; tasks that run go on. Raises WorkflowNotFound, WrongStatus."""
    workflow = locked(workflow_id)
    _need(workflow, Status.DEPLOYED, verb="paused")
    move(workflow, Status.PAUSED, action="workflow_paused", by=by, at=at)
    return workflow


@transaction.atomic
def resume(*, workflow_id: int, by: Actor, at: datetime) -> Workflow:
    """Take new tickets again, on the version that was deployed last.

    Raises WorkflowNotFound, WrongStatus.
    """
    workflow = locked(workflow_id)
    _need(workflow, Status.PAUSED, verb="resumed")
    move(workflow, Status.DEPLOYED, action="workflow_resumed", by=by, at=at)
    return workflow


def _freeze(workflow: Workflow, *, by: Actor | None, at: datetime) -> WorkflowVersion:
    last = workflow.versions.aggregate(last=Max("number"))["last"] or 0
    return WorkflowVersion.objects.create(
        workflow=workflow,
        number=last + 1,
        graph=selectors.draft_of(workflow).as_json(),
        settings=selectors.frozen_settings(workflow),
        created_at=at,
        created_by=by.user_id if by else None,
        created_by_name=by.username if by else "system",
    )


def _need(workflow: Workflow, status: Status, *, verb: str) -> None:
    if workflow.status != status:
        raise WrongStatus(
            workflow_id=workflow.workflow_id,
            status=workflow.status,
            needed=status.value,
            verb=verb,
        )


def _cannot_deploy(found: list[Fault]) -> CannotDeploy:
    sentences = [fault.message for fault in found]
    return CannotDeploy(
        errors={"graph": sentences},
        summary=" ".join(sentences),
        faults=[asdict(fault) for fault in found],
    )
