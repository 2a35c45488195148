"""Receiving a ticket: new, known, revised, or fitting nothing."""

from datetime import datetime

from django.conf import settings

from servicekit.contracts import TicketData
from servicekit.messaging import Outcome
from workflow_api.tasks import loading
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Ticket, TicketState
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from ..content import Content, content_of, is_newer

SOURCE = "hdts"


def receive_ticket(data: TicketData, *, received_at: datetime, at: datetime) -> Outcome | None:
    """Take a ticket in, once; returns what the ledger shall say, None for plain `done`.

    Inside the transaction that claims the message. Locks, where they apply: the ticket's task and
    the ticket, then the roles that are given work.
    """
    content = content_of(data, priority_map=settings.HDTS_PRIORITY_MAP)
    version = fitting_version(content)
    ticket = _new_ticket(content, is_matched=version is not None, received_at=received_at)
    if not tasks.insert_ticket(ticket):
        return _receive_again(content, at=at)
    if version is None:
        tasks.leave_unmatched(ticket, at=at)
        return _unmatched(ticket)
    tasks.begin_run(ticket, version=version, at=at)
    return None


def fitting_version(content: Content) -> FrozenVersion | None:
    """Return the version that a ticket with this content runs on."""
    names = ("category", "sub_category", "department")
    found = workflows.match(**{name: content.written[name] for name in names})
    return None if found is None else workflows.version_of(found.pk)


def _new_ticket(content: Content, *, is_matched: bool, received_at: datetime) -> Ticket:
    return Ticket(
        source=SOURCE,
        external_id=content.external_id,
        **content.written,
        opened_at=content.opened_at,
        revised_at=content.revised_at,
        revision=content.revision,
        content_hash=content.hash,
        state=TicketState.RUNNING if is_matched else TicketState.UNMATCHED,
        received_at=received_at,
    )


def _receive_again(content: Content, *, at: datetime) -> Outcome:
    """Compare a known ticket with what came now: the same, newer, or contradicting."""
    ticket, task, frozen = loading.locked_known_ticket(
        source=SOURCE, external_id=content.external_id
    )
    if ticket.content_hash == content.hash:
        return Outcome(outcome="duplicate", code="SAME_TICKET", reason="The ticket is known.")
    if not is_newer(
        revision=content.revision,
        revised_at=content.revised_at,
        than_revision=ticket.revision,
        than_revised_at=ticket.revised_at,
    ):
        return _conflict(ticket, content)
    ticket.content_hash = content.hash
    ticket.revision, ticket.revised_at = content.revision, content.revised_at
    changed = tasks.revise_ticket(ticket, task, frozen, written=content.written, at=at)
    if ticket.state == TicketState.UNMATCHED and not _run_now(ticket, content, at=at):
        return _unmatched(ticket)
    reason = f"A newer revision changed {', '.join(changed)}."
    return Outcome(outcome="done", code="REVISED", reason=reason)


def _run_now(ticket: Ticket, content: Content, *, at: datetime) -> bool:
    version = fitting_version(content)
    if version is not None:
        tasks.run_unmatched(ticket.id, version=version, at=at)
    return version is not None


def _conflict(ticket: Ticket, content: Content) -> Outcome:
    differing = sorted(
        name for name, value in content.written.items() if getattr(ticket, name) != value
    )
    says_when = content.revision is not None or content.revised_at is not None
    return Outcome(
        outcome="conflict",
        code="STALE_REVISION" if says_when else "CONTENT_DIFFERS",
        reason=f"The ticket is known with another {', '.join(differing)}, and what came is not"
        " a newer revision.",
    )


def _unmatched(ticket: Ticket) -> Outcome:
    return Outcome(
        outcome="unmatched",
        code="NO_WORKFLOW",
        reason=f"No deployed workflow fits {tasks.kind_of(ticket)}.",
    )
