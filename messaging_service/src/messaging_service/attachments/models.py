"""Files that hang on comments; the bytes lie outside the web root, under the id."""

import uuid

from django.db import models


class Attachment(models.Model):
    """A checked file; never served inline."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.PROTECT, related_name="attachments"
    )
    filename = models.TextField()
    content_type = models.TextField()
    size_bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size_bytes__gt=0), name="attachment_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.filename
