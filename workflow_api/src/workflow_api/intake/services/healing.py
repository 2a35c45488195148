"""Unmatched tickets find their workflow: by themselves, or because somebody chooses one."""

from datetime import datetime

import structlog
from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import DomainError, Invalid
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Task
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from .. import selectors

log = structlog.get_logger(__name__)


class NotDeployed(Invalid):
    message = "Workflow {workflow_id} is not deployed."


def match_waiting(*, at: datetime) -> int:
    """Begin the runs of unmatched tickets that a deployed workflow fits by now; returns how many.

    Costs one query per kind of waiting ticket, not per ticket. Each run is a transaction of its
    own, oldest ticket first; one that fails is logged and does not stop the rest.
    """
    begun = 0
    for kind in selectors.unmatched_kinds():
        fitting = workflows.match(**kind)
        if fitting is None:
            continue
        version = workflows.version_of(fitting.pk)
        ids = selectors.unmatched_ids(**kind)
        begun += sum(_run(ticket_id, version=version, at=at) for ticket_id in ids)
    return begun


@transaction.atomic
def assign_workflow(*, ticket_id: int, workflow_id: int, by: Principal, at: datetime) -> Task:
    """Begin the run of an unmatched ticket on a workflow that somebody chose.

    The ticket is locked until commit. Raises NotDeployed, TicketNotFound, NotUnmatched.
    """
    chosen = selectors.deployed_version_of(workflow_id)
    if chosen is None:
        raise NotDeployed(workflow_id=workflow_id, field="workflow_id")
    return tasks.run_unmatched(ticket_id, version=workflows.version_of(chosen), at=at, by=by)


def _run(ticket_id: int, *, version: FrozenVersion, at: datetime) -> bool:
    try:
        with transaction.atomic():
            tasks.run_unmatched(ticket_id, version=version, at=at)
    except DomainError as exc:
        log.warning("unmatched_ticket_not_run", ticket_id=ticket_id, error=exc.sentence)
        return False
    return True
