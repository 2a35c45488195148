"""Templates on the wire."""

from typing import Any

from pydantic import Field
from rest_framework import serializers

from servicekit.api import Input
from servicekit.contracts import NotificationType

from .catalog import Content
from .sandbox import MAX_SOURCE_CHARS
from .selectors import CurrentTemplate

MAX_SUBJECT_SOURCE_CHARS = 1000


class TemplateIn(Input):
    """A template that replaces the shipped one."""

    notification_type: NotificationType
    subject: str = Field(min_length=1, max_length=MAX_SUBJECT_SOURCE_CHARS)
    text: str = Field(min_length=1, max_length=MAX_SOURCE_CHARS)
    html: str = Field(min_length=1, max_length=MAX_SOURCE_CHARS)

    @property
    def content(self) -> Content:
        return Content(subject=self.subject, text=self.text, html=self.html)


class TemplatePut(Input):
    """A whole template; with `version`, only if nobody else has changed it since."""

    subject: str = Field(min_length=1, max_length=MAX_SUBJECT_SOURCE_CHARS)
    text: str = Field(min_length=1, max_length=MAX_SOURCE_CHARS)
    html: str = Field(min_length=1, max_length=MAX_SOURCE_CHARS)
    version: int | None = Field(default=None, ge=0)

    @property
    def changes(self) -> dict[str, str]:
        return self.model_dump(include={"subject", "text", "html"}, exclude_none=True)


class TemplatePatch(TemplatePut):
    """Parts of a template; what is left out stays."""

    subject: str | None = Field(  # type: ignore[assignment]
        default=None, min_length=1, max_length=MAX_SUBJECT_SOURCE_CHARS
    )
    text: str | None = Field(  # type: ignore[assignment]
        default=None, min_length=1, max_length=MAX_SOURCE_CHARS
    )
    html: str | None = Field(  # type: ignore[assignment]
        default=None, min_length=1, max_length=MAX_SOURCE_CHARS
    )


class PreviewIn(TemplatePatch):
    """What to preview: changes that are not saved, and a context (a sample one if left out)."""

    context: dict[str, Any] | None = None


class PreviewOut(serializers.Serializer[Content]):
    """What a mail would look like."""

    subject = serializers.CharField()
    text = serializers.CharField()
    html = serializers.CharField()


class TemplateOut(serializers.Serializer[CurrentTemplate]):
    """The template that mails of a type are made from."""

    id = serializers.CharField(source="notification_type")
    notification_type = serializers.CharField()
    subject = serializers.CharField(source="content.subject")
    text = serializers.CharField(source="content.text")
    html = serializers.CharField(source="content.html")
    is_custom = serializers.BooleanField(help_text="False: the one that ships.")
    version = serializers.IntegerField(help_text="0 while it is the shipped one.")
    updated_at = serializers.DateTimeField(allow_null=True)
    updated_by = serializers.CharField()


class SavedTemplateOut(TemplateOut):
    """A template as it now is."""

    message = serializers.CharField()


class TemplatePageOut(serializers.Serializer[dict[str, Any]]):
    """A page of templates."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = TemplateOut(many=True)
