"""Alerts on the wire."""

from typing import Any

from rest_framework import serializers

from servicekit.api import Input

from .models import InAppNotification


class AlertsQuery(Input):
    """Which alerts to list."""

    is_read: bool | None = None


class AlertIn(Input):
    """What may be changed of an alert."""

    is_read: bool


class AlertOut(serializers.Serializer[InAppNotification]):
    """An alert."""

    id = serializers.IntegerField()
    seq = serializers.IntegerField(help_text="Grows by one with each alert of a person.")
    subject = serializers.CharField()
    message = serializers.CharField()
    notification_type = serializers.CharField()
    is_read = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    related_task_id = serializers.SerializerMethodField()
    related_ticket_number = serializers.SerializerMethodField()
    metadata = serializers.DictField(child=serializers.JSONField())

    def get_related_task_id(self, alert: InAppNotification) -> str | None:
        return alert.related_task_id or None

    def get_related_ticket_number(self, alert: InAppNotification) -> str | None:
        return alert.related_ticket_number or None


class AlertPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of alerts, with the number of all unread ones."""

    count = serializers.IntegerField(required=False, help_text="Not when paging by cursor.")
    unread_count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = AlertOut(many=True)


class MarkedOut(serializers.Serializer[dict[str, Any]]):
    """How many alerts were marked."""

    updated = serializers.IntegerField()
    unread_count = serializers.IntegerField()
    message = serializers.CharField()
