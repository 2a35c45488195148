"""Unmatched tickets find their workflow: by themselves, or because somebody chooses one."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction

from servicekit.auth import Principal
from servicekit.errors import Invalid
from workflow_api.attempts import Attempts
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Task, Ticket
from workflow_api.workflows import matching
from workflow_api.workflows import selectors as workflows

from .. import selectors

FAILURES_A_CALL = 20
Kind = tuple[str, ...]

_EACH = Attempts("unmatched_ticket_not_run")


class NotDeployed(Invalid):
    message = "Workflow {workflow_id} is not deployed."


def match_waiting(*, at: datetime) -> int:
    """Begin the runs of unmatched tickets that a deployed workflow fits by now; returns how many.

    The oldest ticket first, whatever its kind, and about 200 a call: those that are left are the
    next call's. Each run is a transaction of its own; one that fails is put off, and a workflow in
    which twenty failed is left alone until the next call, so that it keeps no other waiting.
    """
    begun, round_, put_off = 0, _Round(at), _EACH.put_off(at=at)
    after: Ticket | None = None
    while begun < selectors.TICKETS_AT_ONCE:
        batch = selectors.unmatched_fitting(after=after, but=put_off)
        begun += sum(round_.run(ticket) for ticket in batch)
        if len(batch) < selectors.TICKETS_AT_ONCE:
            break
        after = batch[-1]
    return begun


@dataclass
class _Round:
    """One call's matches by kind, and what failed by version."""

    at: datetime
    found: dict[Kind, int | None] = field(default_factory=dict)
    failed: Counter[int] = field(default_factory=Counter)

    def run(self, ticket: Ticket) -> bool:
        """Return whether the run of a ticket began."""
        version_id = self._match(ticket.category, ticket.sub_category, ticket.department)
        if version_id is None or self.failed[version_id] >= FAILURES_A_CALL:
            return False
        act = partial(_run, ticket.id, version_id, at=self.at)
        is_begun = _EACH.attempt(ticket.id, act, at=self.at, failed=False)
        self.failed[version_id] += not is_begun
        return is_begun

    def _match(self, *kind: str) -> int | None:
        if kind not in self.found:
            category, sub_category, department = kind
            version = matching.match(
                category=category, sub_category=sub_category, department=department
            )
            self.found[kind] = version.pk if version else None
        return self.found[kind]


@transaction.atomic
def assign_workflow(*, ticket_id: int, workflow_id: int, by: Principal, at: datetime) -> Task:
    """Begin the run of an unmatched ticket on a workflow that somebody chose.

    The ticket is locked until commit, and the workflow against being deleted. Raises NotDeployed,
    TicketNotFound, NotUnmatched, WorkflowDeleted.
    """
    chosen = selectors.deployed_version_of(workflow_id)
    if chosen is None:
        raise NotDeployed(workflow_id=workflow_id, field="workflow_id")
    return tasks.run_unmatched(ticket_id, version=workflows.version_of(chosen), at=at, by=by)


@transaction.atomic
def _run(ticket_id: int, version_id: int, *, at: datetime) -> bool:
    tasks.run_unmatched(ticket_id, version=workflows.version_of(version_id), at=at)
    return True
