"""The ledger on the wire."""

from typing import Any

from rest_framework import serializers

from servicekit.inbox.models import InboxMessage, Result

from .services.replay import is_replayable
from .signature import SIGNATURE

RAW_SHOWN_BYTES = 65_536


class DeliveryOut(serializers.Serializer[Any]):
    """One message, and what became of it."""

    id = serializers.IntegerField()
    message_id = serializers.CharField()
    task = serializers.CharField(allow_blank=True)
    queue = serializers.CharField(allow_blank=True)
    external_ticket_id = serializers.CharField(source="subject", allow_blank=True)
    outcome = serializers.ChoiceField(choices=Result.choices)
    code = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    attempts = serializers.IntegerField()
    deliveries = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    is_signed = serializers.SerializerMethodField()
    is_replayable = serializers.SerializerMethodField()

    def get_is_signed(self, row: InboxMessage) -> bool:
        return SIGNATURE in row.headers

    def get_is_replayable(self, row: InboxMessage) -> bool:
        return is_replayable(row)


class DeliveryDetailOut(DeliveryOut):
    """A message with what it carried; `raw` is the beginning of a body that was unreadable."""

    payload = serializers.JSONField()  # null as well
    headers = serializers.DictField()
    raw = serializers.SerializerMethodField()

    def get_raw(self, row: InboxMessage) -> str:
        return bytes(row.raw or b"")[:RAW_SHOWN_BYTES].decode("utf-8", "replace")


class ReplayedOut(DeliveryDetailOut):
    """A message after its replay, and the id of the new one."""

    replayed_as = serializers.UUIDField()
    message = serializers.CharField()


class SetAsideOut(DeliveryDetailOut):
    """A message that was set aside."""

    message = serializers.CharField()


class ReplayedAllOut(serializers.Serializer[Any]):
    """How many messages a replay takes, or took; at most 1,000 at a time."""

    count = serializers.IntegerField()
    preview = serializers.BooleanField()
    sample = DeliveryOut(many=True)
    message = serializers.CharField()


class FaultOut(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class FittingWorkflowOut(serializers.Serializer[Any]):
    workflow_id = serializers.IntegerField()
    name = serializers.CharField()
    version = serializers.IntegerField(source="number")


class VerdictOut(serializers.Serializer[Any]):
    """Whether a ticket would be accepted, and what would come of it."""

    accepted = serializers.BooleanField()
    outcome = serializers.ChoiceField(choices=Result.choices)
    faults = FaultOut(many=True)
    workflow = FittingWorkflowOut(allow_null=True)
    first_role = serializers.CharField(allow_blank=True)
    priority = serializers.CharField(allow_blank=True)
