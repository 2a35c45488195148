"""The ticket as the socket shows it."""

from rest_framework import serializers

from .models import Ticket


class TicketOut(serializers.Serializer[Ticket]):
    """The state of a ticket; tasks, deadlines and history are the Workflow API's."""

    ticket_id = serializers.IntegerField()
    external_ticket_id = serializers.CharField()
    task_id = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    workflow_name = serializers.CharField()
    owner_id = serializers.IntegerField(allow_null=True)
    participants = serializers.ListField(child=serializers.IntegerField())
    role_names = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
