"""Receiving a ticket: new, known, revised, or fitting nothing."""

from datetime import datetime

from django.conf import settings

from servicekit.contracts import TicketData
from servicekit.messaging import Outcome
from servicekit.writes import until_commit
from workflow_api.tasks import loading, selectors
from workflow_api.tasks import services as tasks
from workflow_api.tasks.models import Task, Ticket, TicketState
from workflow_api.workflows import matching
from workflow_api.workflows import selectors as workflows
from workflow_api.workflows.frozen import FrozenVersion

from ..content import Content, content_of, supersedes
from ..selectors import WAITS_FOR_TICKET

SOURCE = "hdts"


def receive_ticket(data: TicketData, *, received_at: datetime, at: datetime) -> Outcome | None:
    """Take a ticket in, once; returns what the ledger shall say, None for plain `done`.

    Inside the transaction that claims the message. Locks, where they apply: the ticket's task and
    the ticket, then the roles that are given work.
    """
    content = content_of(data, priority_map=settings.HDTS_PRIORITY_MAP)
    if content.is_update:
        return receive_update(content, at=at)
    version = fitting_version(content)
    ticket = _new_ticket(content, is_matched=version is not None, received_at=received_at)
    if not tasks.insert_ticket(ticket):
        return _receive_again(content, at=at)
    if version is None:
        tasks.leave_unmatched(ticket, at=at)
        return _unmatched(ticket)
    with until_commit():
        tasks.begin_run(ticket, version=version, at=at)
    return None


def receive_update(content: Content, *, at: datetime) -> Outcome:
    """Take over what changed of a ticket, or wait for the ticket where nobody has told of it.

    Inside the caller's transaction; locks as `receive_ticket`.
    """
    if not selectors.is_known(source=SOURCE, external_id=content.external_id):
        reason = f"Waits for the ticket {content.external_id}, of which nobody has told yet."
        return Outcome(outcome="unmatched", code=WAITS_FOR_TICKET, reason=reason)
    return _receive_again(content, at=at)


def fitting_version(content: Content) -> FrozenVersion | None:
    """Return the version that a ticket with this content runs on."""
    names = ("category", "sub_category", "department")
    found = matching.match(**{name: content.written[name] for name in names})
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
        source=SOURCE, external_id=content.external_id, at=at
    )
    if ticket.content_hash == content.hash:
        if supersedes(content, ticket):
            _note_revision(ticket, content)
            ticket.save(update_fields=["revision", "revised_at"])
        return Outcome(outcome="duplicate", code="SAME_TICKET", reason="The ticket is known.")
    if not supersedes(content, ticket):
        return _conflict(ticket, content)
    if content.is_cancellation:
        return _cancel(ticket, task, frozen, content, at=at)
    _note_revision(ticket, content)
    changed = tasks.revise_ticket(ticket, task, frozen, written=content.written, at=at)
    if ticket.state == TicketState.UNMATCHED and not _run_now(ticket, content, at=at):
        return _unmatched(ticket)
    reason = f"A newer revision changed {', '.join(changed)}."
    return Outcome(outcome="done", code="REVISED", reason=reason)


def _cancel(
    ticket: Ticket,
    task: Task | None,
    frozen: FrozenVersion | None,
    content: Content,
    *,
    at: datetime,
) -> Outcome:
    _note_revision(ticket, content)
    ticket.extra = content.written["extra"]
    if tasks.cancel_ticket(ticket, task, frozen, at=at):
        return Outcome(outcome="done", code="CANCELLED", reason="The help desk took it back.")
    reason = f"The ticket is {ticket.state}: there is nothing to cancel."
    return Outcome(outcome="conflict", code="ALREADY_ENDED", reason=reason)


def _note_revision(ticket: Ticket, content: Content) -> None:
    ticket.content_hash = content.hash
    if content.says_when:
        ticket.revision, ticket.revised_at = content.revision, content.revised_at


def _run_now(ticket: Ticket, content: Content, *, at: datetime) -> bool:
    version = fitting_version(content)
    if version is not None:
        tasks.run_unmatched(ticket.id, version=version, at=at)
    return version is not None


def _conflict(ticket: Ticket, content: Content) -> Outcome:
    differing = sorted(
        name for name, value in content.written.items() if getattr(ticket, name) != value
    )
    return Outcome(
        outcome="conflict",
        code="STALE_REVISION" if content.says_when else "CONTENT_DIFFERS",
        reason=f"The ticket is known with another {', '.join(differing)}, and what came is not"
        " a newer revision.",
    )


def _unmatched(ticket: Ticket) -> Outcome:
    return Outcome(
        outcome="unmatched",
        code="NO_WORKFLOW",
        reason=f"No deployed workflow fits {tasks.kind_of(ticket)}.",
    )
