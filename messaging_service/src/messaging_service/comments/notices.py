"""Who hears of a comment, and in which words; pure.

A mention tells nothing of the text, because the mentioned need not be able to read it, and an
internal comment is never quoted, because an owner need not be an agent.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from servicekit.contracts import BulkCreateNotifications

MAX_PEOPLE = 1000
EXCERPT_LENGTH = 200


class TicketLike(Protocol):
    """The part of a ticket that a notification names."""

    ticket_id: int
    external_ticket_id: str
    task_id: str
    participants: list[int]
    owner_id: int | None


class CommentLike(Protocol):
    """The part of a comment that a notification tells of."""

    pk: int
    user_id: int
    username: str
    text: str
    visibility: str
    mentions: list[int]


def of_new_comment(ticket: TicketLike, comment: CommentLike) -> Iterator[BulkCreateNotifications]:
    """Yield the messages to the mentioned and to the other people of the ticket."""
    mentioned = set(comment.mentions) - {comment.user_id}
    yield from of_mentions(ticket, comment, mentioned)
    people = {*ticket.participants, *([ticket.owner_id] if ticket.owner_id else [])}
    yield from _messages(
        ticket,
        comment,
        people - mentioned - {comment.user_id},
        kind="comment_added",
        subject=f"New comment on {_name(ticket)}",
        text=f"{comment.username} commented on {_name(ticket)}{_quote(comment)}",
    )


def of_mentions(
    ticket: TicketLike, comment: CommentLike, mentioned: Iterable[int]
) -> Iterator[BulkCreateNotifications]:
    """Yield the messages to people who were mentioned."""
    yield from _messages(
        ticket,
        comment,
        mentioned,
        kind="mention",
        subject=f"You were mentioned on {_name(ticket)}",
        text=f"{comment.username} mentioned you in a comment on {_name(ticket)}.",
    )


def _messages(
    ticket: TicketLike,
    comment: CommentLike,
    people: Iterable[int],
    *,
    kind: Literal["comment_added", "mention"],
    subject: str,
    text: str,
) -> Iterator[BulkCreateNotifications]:
    everyone = sorted(people)
    for start in range(0, len(everyone), MAX_PEOPLE):
        yield BulkCreateNotifications(
            user_ids=everyone[start : start + MAX_PEOPLE],
            subject=subject[:200],
            message=text,
            notification_type=kind,
            related_task_id=ticket.task_id[:50],
            related_ticket_number=ticket.external_ticket_id[:100],
            metadata={"ticket_id": ticket.ticket_id, "comment_id": comment.pk},
        )


def _name(ticket: TicketLike) -> str:
    return ticket.external_ticket_id or f"ticket {ticket.ticket_id}"


def _quote(comment: CommentLike) -> str:
    if comment.visibility != "public":
        return "."
    text = " ".join(comment.text.split())
    return f": {text}" if len(text) <= EXCERPT_LENGTH else f": {text[: EXCERPT_LENGTH - 1]}…"
