"""Comments as clients see them, over HTTP and in frames."""

from datetime import UTC
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from messaging_service.attachments.models import Attachment

from .models import Comment, Revision, Visibility


class AttachmentOut(serializers.Serializer[Attachment]):
    """A file on a comment; `url` answers with a download."""

    id = serializers.UUIDField()
    filename = serializers.CharField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_by = serializers.IntegerField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    url = serializers.SerializerMethodField()

    def get_url(self, attachment: Attachment) -> str:
        """Return the path below the gateway, which the service's own port answers too."""
        return f"{settings.PUBLIC_PREFIX}/api/attachments/{attachment.id}/"


class RatingsOut(serializers.Serializer[Comment]):
    """How many thumbs a comment has."""

    thumbs_up = serializers.IntegerField()
    thumbs_down = serializers.IntegerField()


class CommentOut(serializers.Serializer[Comment]):
    """A comment without its replies; `seq` is that of its creation, unique in the ticket."""

    id = serializers.IntegerField()
    ticket_id = serializers.IntegerField()
    user_id = serializers.IntegerField()
    username = serializers.CharField()
    text = serializers.CharField(help_text="Empty when deleted.")
    parent_id = serializers.IntegerField(allow_null=True)
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    mentions = serializers.ListField(child=serializers.IntegerField())
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)
    seq = serializers.IntegerField()
    is_deleted = serializers.SerializerMethodField()
    ratings = RatingsOut(source="*")
    attachments = serializers.SerializerMethodField()

    def get_is_deleted(self, comment: Comment) -> bool:
        """Return whether only a tombstone is left."""
        return comment.deleted_at is not None

    @extend_schema_field(AttachmentOut(many=True))
    def get_attachments(self, comment: Comment) -> list[dict[str, Any]]:
        """Return the files; a tombstone has none."""
        if comment.deleted_at is not None:
            return []
        files = sorted(comment.attachments.all(), key=lambda file: (file.created_at, file.id))
        return [dict(AttachmentOut(file).data) for file in files]


class ThreadOut(CommentOut):
    """A comment with all replies of its thread, in order of seq."""

    replies = CommentOut(many=True)


class ThreadPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of threads."""

    count = serializers.IntegerField(required=False, help_text="Not when paging by cursor.")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ThreadOut(many=True)


class WrittenOut(ThreadOut):
    """What a write answers with: the whole comment and a sentence."""

    message = serializers.CharField()


class RevisionOut(serializers.Serializer[Revision]):
    """A text that an edit or a delete replaced."""

    text = serializers.CharField()
    replaced_by = serializers.IntegerField()
    replaced_at = serializers.DateTimeField(default_timezone=UTC)


class RevisionPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of replaced texts."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = RevisionOut(many=True)
