"""What the two kinds of sockets carry: frames with a seq, read from the database.

Each function is synchronous and bounded; the consumers call them in threads.
"""

from typing import Any, ClassVar, Protocol

from messaging_service.comments import selectors as comments
from messaging_service.comments.models import Comment
from messaging_service.comments.serializers import CommentOut
from messaging_service.tickets.selectors import readable_ticket
from messaging_service.tickets.serializers import TicketOut
from servicekit.auth import Principal

BATCH = 100
Frame = dict[str, Any]


class Stream(Protocol):
    """A log, or a state with a version, that a socket follows."""

    KIND: ClassVar[str]

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the newest seq that the caller may see; raises TicketNotFound."""

    def after(self, ticket_id: int, seq: int, by: Principal) -> list[Frame]:
        """Return up to BATCH frames, in order of seq; raises TicketNotFound."""


class CommentStream:
    """Every change of the comments of a ticket."""

    KIND: ClassVar[str] = "comments"

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the seq of the last visible change."""
        readable_ticket(ticket_id, by=by)
        return comments.head_seq(ticket_id, by=by)

    def after(self, ticket_id: int, seq: int, by: Principal) -> list[Frame]:
        """Return the changes after `seq`, each with the comment as it is now."""
        readable_ticket(ticket_id, by=by)
        changes = comments.changes_after(ticket_id, seq, by=by, limit=BATCH)
        shown: dict[int, Comment] = {change.comment.pk: change.comment for change in changes}
        bodies = {pk: dict(CommentOut(comment).data) for pk, comment in shown.items()}
        return [
            {
                "type": "comment_update",
                "action": change.action,
                "ticket_id": ticket_id,
                "comment": bodies[change.comment.pk],
                "seq": change.seq,
            }
            for change in changes
        ]


class TicketStream:
    """The state of a ticket; its seq is the version, and only the newest counts."""

    KIND: ClassVar[str] = "tickets"

    def head(self, ticket_id: int, by: Principal) -> int:
        """Return the version."""
        return readable_ticket(ticket_id, by=by).version

    def after(self, ticket_id: int, seq: int, by: Principal) -> list[Frame]:
        """Return the present state when it is newer than `seq`."""
        ticket = readable_ticket(ticket_id, by=by)
        body = dict(TicketOut(ticket).data)
        frame = {"type": "ticket_update", "ticket_id": ticket_id, "ticket": body}
        return [{**frame, "seq": ticket.version}] if ticket.version > seq else []
