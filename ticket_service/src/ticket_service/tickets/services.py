"""Everything that changes a ticket of the help desk."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from servicekit.contracts import TicketStatus

from . import filetypes
from .drafts import TicketDraft
from .errors import FileRefused, FileTooLarge, StaleRevision, TicketExists, TicketNotFound
from .models import Attachment, HelpDeskTicket, StatusChange
from .publishing import publish

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_FILES = 20


def new_ticket(draft: TicketDraft, *, ticket_id: str, at: datetime) -> HelpDeskTicket:
    """Return an unsaved ticket with the content of a draft."""
    return HelpDeskTicket(
        ticket_id=ticket_id,
        title=draft.title,
        description=draft.description,
        priority=draft.priority,
        category=draft.category,
        sub_category=draft.sub_category,
        department=draft.department,
        requester_name=draft.requester_name,
        requester_email=draft.requester_email,
        links=draft.links,
        extra=draft.extra,
        created_at=at,
        updated_at=at,
    )


def create_ticket(*, draft: TicketDraft, at: datetime) -> HelpDeskTicket:
    """Open a ticket and publish it. Raises TicketExists, TicketTooLarge."""
    return create_tickets(drafts=[draft], at=at)[0]


@transaction.atomic
def create_tickets(*, drafts: Sequence[TicketDraft], at: datetime) -> list[HelpDeskTicket]:
    """Open many tickets in a constant number of statements and publish each.

    Raises TicketExists when a draft brings a ticket id that is taken, TicketTooLarge.
    """
    numbers = iter(_free_ids(sum(draft.ticket_id is None for draft in drafts)))
    tickets = [
        new_ticket(draft, ticket_id=draft.ticket_id or next(numbers), at=at) for draft in drafts
    ]
    try:
        with transaction.atomic():
            HelpDeskTicket.objects.bulk_create(tickets)
    except IntegrityError as exc:
        wanted = [draft.ticket_id for draft in drafts if draft.ticket_id]
        raise TicketExists(ticket_id=", ".join(wanted)) from exc
    publish(tickets, at=at)
    return tickets


@transaction.atomic
def revise_ticket(
    *, ticket_id: str, changes: dict[str, Any], at: datetime, revision: int | None = None
) -> HelpDeskTicket:
    """Change a ticket into its next revision and publish that; nothing new, nothing happens.

    The ticket is locked until commit. Raises TicketNotFound, TicketTooLarge, and StaleRevision
    when the caller names another `revision` than the current one.
    """
    ticket = _locked(ticket_id)
    if revision is not None and revision != ticket.revision:
        raise StaleRevision(ticket_id=ticket_id, revision=ticket.revision)
    changed = {name: value for name, value in changes.items() if getattr(ticket, name) != value}
    if not changed:
        return ticket
    for name, value in changed.items():
        setattr(ticket, name, value)
    _save_next_revision(ticket, fields=list(changed), at=at)
    return ticket


@transaction.atomic
def publish_again(*, ticket_id: str, at: datetime) -> HelpDeskTicket:
    """Send the same revision once more, as a help desk does that is not sure of the first time.

    Raises TicketNotFound.
    """
    ticket = _locked(ticket_id)
    _publish_now(ticket, fields=[], at=at)
    return ticket


@transaction.atomic
def attach_file(
    *, ticket_id: str, filename: str, content: bytes, at: datetime
) -> tuple[HelpDeskTicket, Attachment]:
    """Add a file, which makes the next revision of the ticket, and publish that.

    The ticket is locked until commit. Raises TicketNotFound, FileTooLarge, FileRefused.
    """
    content_type = _checked_type(filename, content)
    ticket = _locked(ticket_id)
    if ticket.attachments.count() >= MAX_FILES:
        raise FileRefused(f"A ticket may have at most {MAX_FILES} files.", field="file")
    attachment = Attachment(
        ticket=ticket,
        filename=filename,
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=at,
    )
    attachment.file.save(filename, ContentFile(content), save=False)
    try:
        attachment.save(force_insert=True)
        _save_next_revision(ticket, fields=[], at=at)
    except Exception:
        attachment.file.delete(save=False)
        raise
    return ticket, attachment


@transaction.atomic(savepoint=False)
def apply_status(*, update: TicketStatus, at: datetime) -> bool | None:
    """Note what became of a ticket; returns False when a newer update, or this one, was applied.

    The ticket is locked until commit. Returns None when there is no such ticket.
    """
    ticket = HelpDeskTicket.objects.select_for_update().filter(ticket_id=update.ticket_id).first()
    if ticket is None:
        return None
    if ticket.status_at and update.updated_at < ticket.status_at:
        return False
    _, is_new = StatusChange.objects.get_or_create(
        ticket=ticket,
        updated_at=update.updated_at,
        status=update.status,
        task_id=update.task_id,
        defaults={"received_at": at},
    )
    if is_new:
        ticket.status = update.status
        ticket.status_at = update.updated_at
        ticket.task_id = update.task_id
        ticket.save(update_fields=["status", "status_at", "task_id"])
    return is_new


def _save_next_revision(ticket: HelpDeskTicket, *, fields: list[str], at: datetime) -> None:
    ticket.revision += 1
    ticket.updated_at = max(at, ticket.updated_at)
    _publish_now(ticket, fields=[*fields, "revision", "updated_at"], at=at)


def _publish_now(ticket: HelpDeskTicket, *, fields: list[str], at: datetime) -> None:
    ticket.message_id = uuid4()
    ticket.save(update_fields=[*fields, "message_id"])
    publish([ticket], files=_files_of(ticket), at=at)


def _files_of(ticket: HelpDeskTicket) -> list[Attachment]:
    return list(ticket.attachments.select_related("ticket").order_by("created_at", "id"))


def _locked(ticket_id: str) -> HelpDeskTicket:
    ticket = HelpDeskTicket.objects.select_for_update().filter(ticket_id=ticket_id).first()
    if ticket is None:
        raise TicketNotFound(ticket_id=ticket_id)
    return ticket


def _free_ids(count: int) -> list[str]:
    """Return `count` ticket ids that nobody has; ids that somebody chose by hand are skipped."""
    free: list[str] = []
    while len(free) < count:
        wanted = _next_ids(count - len(free))
        taken = HelpDeskTicket.objects.filter(ticket_id__in=wanted)
        taken_ids = set(taken.values_list("ticket_id", flat=True))
        free += [ticket_id for ticket_id in wanted if ticket_id not in taken_ids]
    return free


def _next_ids(count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('hdts_ticket_number') FROM generate_series(1, %s)", [count])
        return [f"HDTS-{number:05}" for (number,) in cursor.fetchall()]


def _checked_type(filename: str, content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge(limit_bytes=MAX_FILE_BYTES)
    content_type = filetypes.content_type_of(filename=filename, content=content)
    if content_type is None:
        allowed = ", ".join(sorted(filetypes.ALLOWED))
        raise FileRefused(
            f"The file is not what its name says, or none of {allowed}.", field="file"
        )
    return content_type
