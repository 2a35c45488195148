"""Reads of comments and of their log; the number of statements never grows with the rows."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from messaging_service.tickets.access import TicketNotFound, is_agent
from messaging_service.tickets.selectors import readable_ticket
from servicekit.auth import Principal

from .models import Comment, Event, Rating, Revision, Visibility
from .rules import CommentNotFound


def thread_heads(ticket_id: int, *, by: Principal) -> QuerySet[Comment]:
    """Return the comments that open a thread, with `replies`, thumbs and attachments.

    Raises TicketNotFound.
    """
    ticket = readable_ticket(ticket_id, by=by)
    replies = Prefetch("replies", queryset=_visible(by).order_by("seq"))
    heads = _visible(by).filter(ticket_id=ticket.pk, root=None)
    return heads.prefetch_related(replies)


def comment_with_replies(comment_id: int, *, by: Principal) -> Comment:
    """Return one comment as the list shows it; raises CommentNotFound."""
    visible_comment(comment_id, by=by)
    replies = Prefetch("replies", queryset=_visible(by).order_by("seq"))
    return _visible(by).prefetch_related(replies).get(pk=comment_id)


def visible_comment(comment_id: int, *, by: Principal) -> Comment:
    """Return a comment that the caller may see; raises CommentNotFound for any other."""
    comment = _seen_by(by).filter(pk=comment_id).first()
    if comment is None:
        raise CommentNotFound
    try:
        readable_ticket(comment.ticket_id, by=by)
    except TicketNotFound as error:
        raise CommentNotFound from error
    return comment


def revisions(comment_id: int, *, by: Principal) -> QuerySet[Revision]:
    """Return the replaced texts of a comment, oldest first; raises CommentNotFound."""
    comment = visible_comment(comment_id, by=by)
    return Revision.objects.filter(comment=comment)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One event of the log with the comment as it is now."""

    seq: int
    action: str
    comment: Comment


def changes_after(ticket_id: int, seq: int, *, with_internal: bool, limit: int) -> list[Change]:
    """Return the next changes, in order of seq; of internal comments only on demand."""
    events = _events(ticket_id, with_internal=with_internal).filter(seq__gt=seq)
    events = events.order_by("seq")[:limit]
    found = _shown(Comment.objects.all()).in_bulk({event.comment_id for event in events})
    return [
        Change(seq=event.seq, action=event.action, comment=found[event.comment_id])
        for event in events
    ]


def head_seq(ticket_id: int, *, with_internal: bool) -> int:
    """Return the seq of the last change; 0 when there is none."""
    events = _events(ticket_id, with_internal=with_internal)
    return events.order_by("-seq").values_list("seq", flat=True).first() or 0


def _events(ticket_id: int, *, with_internal: bool) -> QuerySet[Event]:
    events = Event.objects.filter(ticket_id=ticket_id)
    return events if with_internal else events.filter(visibility=Visibility.PUBLIC)


def _seen_by(by: Principal) -> QuerySet[Comment]:
    comments = Comment.objects.all()
    return comments if is_agent(by) else comments.filter(visibility=Visibility.PUBLIC)


def _visible(by: Principal) -> QuerySet[Comment]:
    return _shown(_seen_by(by))


def _shown(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Add what is shown with a comment: thumbs and files."""
    thumbs = {"thumbs_up": _thumbs(Rating.UP), "thumbs_down": _thumbs(Rating.DOWN)}
    return comments.annotate(**thumbs).prefetch_related("attachments")


def _thumbs(value: int) -> Coalesce:
    counted = Rating.objects.filter(comment=OuterRef("pk"), value=value).order_by()
    return Coalesce(Subquery(counted.values("comment").annotate(n=Count("*")).values("n")), 0)
