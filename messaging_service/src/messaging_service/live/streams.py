"""What the two kinds of sockets carry: frames with a seq, read from the database.

Each function is synchronous and bounded; the consumers call them in threads. A frame comes as
(seq, text), because one text goes to many sockets. Access is the business of `check`.
"""

import json
from typing import Any, ClassVar, Protocol

from messaging_service.comments import selectors as comments
from messaging_service.comments.serializers import CommentOut
from messaging_service.tickets.access import is_agent
from messaging_service.tickets.models import Ticket
from messaging_service.tickets.selectors import readable_ticket
from messaging_service.tickets.serializers import TicketOut
from servicekit.auth import Principal

BATCH = 100
Frames = list[tuple[int, str]]


class Stream(Protocol):
    """A log, or a state with a version, that a socket follows."""

    KIND: ClassVar[str]

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the newest seq that the caller may see; raises TicketNotFound."""

    def after(self, ticket_id: int, seq: int, *, with_internal: bool) -> Frames:
        """Return up to BATCH frames, in order of seq."""


def check(ticket_id: int, by: Principal) -> None:
    """Raise TicketNotFound when the caller may no longer read the ticket."""
    readable_ticket(ticket_id, by=by)


class CommentStream:
    """Every change of the comments of a ticket."""

    KIND: ClassVar[str] = "comments"

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the seq of the last visible change."""
        check(ticket_id, by)
        return comments.head_seq(ticket_id, with_internal=is_agent(by))

    def after(self, ticket_id: int, seq: int, *, with_internal: bool) -> Frames:
        """Return the changes after `seq`, each with the comment as it is now."""
        changes = comments.changes_after(ticket_id, seq, with_internal=with_internal, limit=BATCH)
        shown = {change.comment.pk: change.comment for change in changes}
        out = CommentOut()  # one for all: making one costs more than what it renders
        bodies = {pk: out.to_representation(comment) for pk, comment in shown.items()}
        return [
            _frame(
                "comment_update",
                ticket_id,
                change.seq,
                action=change.action,
                comment=bodies[change.comment.pk],
            )
            for change in changes
        ]


class TicketStream:
    """The state of a ticket; its seq is the version, and only the newest counts."""

    KIND: ClassVar[str] = "tickets"

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the version."""
        return readable_ticket(ticket_id, by=by).version

    def after(self, ticket_id: int, seq: int, *, with_internal: bool) -> Frames:
        """Return the present state when it is newer than `seq`."""
        newer = Ticket.objects.filter(pk=ticket_id, version__gt=seq)
        return [
            _frame("ticket_update", ticket_id, each.version, ticket=dict(TicketOut(each).data))
            for each in newer
        ]


def _frame(kind: str, ticket_id: int, seq: int, **body: Any) -> tuple[int, str]:
    frame = {"type": kind, "ticket_id": ticket_id, **body, "seq": seq}
    return seq, json.dumps(frame, ensure_ascii=False)
