"""Writes of comments. Each locks the ticket row first, then appends one event with its seq."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from messaging_service.live import pokes
from messaging_service.tickets.access import check_may_write
from messaging_service.tickets.models import Ticket
from messaging_service.tickets.services import locked_ticket, next_seq
from servicekit import outbox
from servicekit.auth import Principal

from . import notices, rules, selectors
from .models import Action, Comment, Event, Rating, Revision, Visibility


@transaction.atomic
def write_comment(
    *,
    ticket_id: int,
    text: str,
    parent_id: int | None,
    visibility: str,
    mentions: Sequence[int],
    by: Principal,
    at: datetime,
) -> Comment:
    """Add a comment or a reply; a reply to an internal comment is internal.

    The ticket row is locked until commit. Raises TicketNotFound, NotAnAgent, ParentNotFound,
    CommentIsDeleted.
    """
    ticket = locked_ticket(ticket_id, by=by)
    check_may_write(by)
    parent = _parent(parent_id, ticket=ticket)
    comment = Comment.objects.create(
        ticket=ticket,
        seq=next_seq(ticket),
        user_id=by.user_id,
        username=by.username,
        text=text,
        visibility=parent.visibility if parent and _is_internal(parent) else visibility,
        mentions=sorted(set(mentions)),
        parent=parent,
        root=(parent.root or parent) if parent else None,
        created_at=at,
        updated_at=at,
    )
    action = Action.REPLY if parent else Action.CREATE
    _append(action, comment, seq=comment.seq, by=by, at=at)
    outbox.record(*notices.of_new_comment(ticket, comment))
    return comment


@transaction.atomic
def edit_comment(
    *, comment_id: int, text: str, mentions: Sequence[int] | None, by: Principal, at: datetime
) -> Comment:
    """Replace the text; the old one is kept, and only the newly mentioned are told.

    The ticket row is locked until commit. Raises CommentNotFound, NotAnAgent, NotTheAuthor,
    CommentIsDeleted.
    """
    ticket, comment = _locked(comment_id, by=by)
    rules.check_may_change(comment, user_id=by.user_id)
    wanted = comment.mentions if mentions is None else sorted(set(mentions))
    if (text, wanted) == (comment.text, comment.mentions):
        return comment
    newly = set(wanted) - set(comment.mentions) - {by.user_id}
    _keep_text(comment, by=by, at=at)
    comment.text, comment.mentions, comment.updated_at = text, wanted, at
    comment.save(update_fields=["text", "mentions", "updated_at"])
    _append(Action.UPDATE, comment, seq=next_seq(ticket), by=by, at=at)
    outbox.record(*notices.of_mentions(ticket, comment, newly))
    return comment


@transaction.atomic
def delete_comment(*, comment_id: int, by: Principal, at: datetime) -> None:
    """Leave a tombstone, so that replies keep their place; the text goes to the history.

    The ticket row is locked until commit. Raises CommentNotFound, NotAnAgent, NotTheAuthor,
    CommentIsDeleted.
    """
    ticket, comment = _locked(comment_id, by=by)
    rules.check_may_change(comment, user_id=by.user_id)
    _keep_text(comment, by=by, at=at)
    comment.text, comment.mentions = "", []
    comment.updated_at = comment.deleted_at = at
    comment.save(update_fields=["text", "mentions", "updated_at", "deleted_at"])
    _append(Action.DELETE, comment, seq=next_seq(ticket), by=by, at=at)


@transaction.atomic
def rate_comment(*, comment_id: int, value: int | None, by: Principal, at: datetime) -> Comment:
    """Set, change or (None) withdraw the caller's thumb; no event when nothing changes.

    The ticket row is locked until commit. Raises CommentNotFound, NotAnAgent, CommentIsDeleted.
    """
    ticket, comment = _locked(comment_id, by=by)
    rules.check_exists(comment)
    held = Rating.objects.filter(comment=comment, user_id=by.user_id).first()
    if (held.value if held else None) == value:
        return comment
    if value is None:
        Rating.objects.filter(comment=comment, user_id=by.user_id).delete()
    else:
        Rating.objects.update_or_create(
            comment=comment, user_id=by.user_id, defaults={"value": value, "rated_at": at}
        )
    _append(Action.RATE, comment, seq=next_seq(ticket), by=by, at=at)
    return comment


def locked_for_attachment(comment_id: int, *, by: Principal) -> tuple[Ticket, Comment]:
    """Return a comment of the caller, its ticket row locked until commit.

    Raises CommentNotFound, NotAnAgent, NotTheAuthor, CommentIsDeleted.
    """
    ticket, comment = _locked(comment_id, by=by)
    rules.check_may_change(comment, user_id=by.user_id)
    return ticket, comment


def note_attachment(ticket: Ticket, comment: Comment, *, by: Principal, at: datetime) -> None:
    """Append the event that a file was attached; the ticket row must be locked."""
    _append(Action.ATTACH, comment, seq=next_seq(ticket), by=by, at=at)


def _locked(comment_id: int, *, by: Principal) -> tuple[Ticket, Comment]:
    # Two reads: which ticket, then, with its row locked, the comment as nobody else changes it.
    ticket_id = selectors.visible_comment(comment_id, by=by).ticket_id
    check_may_write(by)
    ticket = locked_ticket(ticket_id, by=by)
    return ticket, Comment.objects.get(pk=comment_id)


def _parent(parent_id: int | None, *, ticket: Ticket) -> Comment | None:
    if parent_id is None:
        return None
    parents = Comment.objects.select_related("root")
    parent = parents.filter(pk=parent_id, ticket_id=ticket.pk).first()
    if parent is None:
        raise rules.ParentNotFound(field="parent_id")
    rules.check_exists(parent)
    return parent


def _is_internal(comment: Comment) -> bool:
    return comment.visibility == Visibility.INTERNAL


def _keep_text(comment: Comment, *, by: Principal, at: datetime) -> None:
    Revision.objects.create(
        comment=comment, text=comment.text, replaced_by=by.user_id, replaced_at=at
    )


def _append(action: Action, comment: Comment, *, seq: int, by: Principal, at: datetime) -> None:
    Event.objects.create(
        ticket_id=comment.ticket_id,
        seq=seq,
        action=action,
        comment=comment,
        visibility=comment.visibility,
        by_user_id=by.user_id,
        at=at,
    )
    pokes.after_commit("comments", ticket_id=comment.ticket_id, seq=seq)
