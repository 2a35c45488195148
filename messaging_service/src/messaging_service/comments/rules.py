"""What may be done to a comment, and by whom; pure."""

from datetime import datetime
from typing import Protocol

from servicekit.errors import Conflict, Forbidden, Invalid, NotFound


class CommentNotFound(NotFound):
    """Told for unknown, invisible and foreign comments alike."""

    message = "There is no such comment."


class NotTheAuthor(Forbidden):
    code = "NOT_THE_AUTHOR"
    message = "Only its author may change a comment."


class CommentIsDeleted(Conflict):
    code = "COMMENT_DELETED"
    message = "The comment has been deleted."


class ParentNotFound(Invalid):
    message = "There is no such comment on this ticket."


class Written(Protocol):
    """The part of a comment that decides."""

    @property
    def user_id(self) -> int: ...
    @property
    def deleted_at(self) -> datetime | None: ...


def check_may_change(comment: Written, *, user_id: int) -> None:
    """Raise NotTheAuthor or CommentIsDeleted."""
    if comment.user_id != user_id:
        raise NotTheAuthor
    check_exists(comment)


def check_exists(comment: Written) -> None:
    """Raise CommentIsDeleted for a tombstone."""
    if comment.deleted_at is not None:
        raise CommentIsDeleted
