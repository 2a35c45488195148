"""Reads of attachments."""

from uuid import UUID

from messaging_service.comments.rules import CommentNotFound
from messaging_service.comments.selectors import visible_comment
from servicekit.auth import Principal
from servicekit.errors import NotFound

from .models import Attachment


class AttachmentNotFound(NotFound):
    """Told for unknown and for foreign attachments alike."""

    message = "There is no such attachment."


def readable_attachment(attachment_id: UUID, *, by: Principal) -> Attachment:
    """Return an attachment of a comment that the caller may see and that is not deleted."""
    attachment = Attachment.objects.filter(pk=attachment_id).first()
    if attachment is None:
        raise AttachmentNotFound
    try:
        comment = visible_comment(attachment.comment_id, by=by)
    except CommentNotFound as error:
        raise AttachmentNotFound from error
    if comment.deleted_at is not None:
        raise AttachmentNotFound
    return attachment
