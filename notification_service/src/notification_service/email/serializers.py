"""Mails on the wire."""

from typing import Any, Literal

from pydantic import Field
from rest_framework import serializers

from servicekit.api import Input
from servicekit.contracts import NotificationType

from .models import Email, State

MailStatus = Literal["queued", "sending", "sent", "failed", "held", "bundled", "suppressed"]


class SendIn(Input):
    """A mail to send now."""

    user_email: str = Field(min_length=3, max_length=254)
    user_name: str = Field(default="", max_length=300)
    notification_type: NotificationType
    context_data: dict[str, Any] = Field(default_factory=dict)


class SendOut(serializers.Serializer[dict[str, Any]]):
    """What became of the wish."""

    success = serializers.BooleanField()
    message = serializers.CharField()
    id = serializers.IntegerField()


class MailsQuery(Input):
    """Which mails to list."""

    status: (
        Literal["queued", "sending", "sent", "failed", "held", "bundled", "suppressed"] | None
    ) = None
    notification_type: NotificationType | None = None
    recipient: str | None = Field(default=None, max_length=254)


class MailOut(serializers.Serializer[Email]):
    """One mail of the delivery log."""

    id = serializers.IntegerField()
    recipient = serializers.EmailField()
    recipient_name = serializers.CharField()
    user_id = serializers.IntegerField(allow_null=True)
    notification_type = serializers.CharField()
    subject = serializers.CharField()
    status = serializers.ChoiceField(choices=State.choices, source="state")
    attempts = serializers.IntegerField()
    error = serializers.CharField(source="last_error")
    created_at = serializers.DateTimeField()
    next_attempt_at = serializers.SerializerMethodField()
    sent_at = serializers.DateTimeField(allow_null=True)
    message_id = serializers.CharField(help_text="The Message-ID header.")
    digest_id = serializers.IntegerField(allow_null=True, help_text="The mail that it went in.")

    def get_next_attempt_at(self, mail: Email) -> str | None:
        is_due = mail.state in (State.QUEUED, State.HELD)
        return mail.next_attempt_at.isoformat() if is_due else None


class MailPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of the delivery log."""

    count = serializers.IntegerField(required=False, help_text="Not when paging by cursor.")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = MailOut(many=True)


class RetriedOut(MailOut):
    """A mail that is queued again."""

    message = serializers.CharField()
