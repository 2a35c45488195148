"""Tickets as received."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper

from .words import SEVERITY, Priority, TicketState


class Ticket(models.Model):
    """What a requester asked for, as the help desk sent it last.

    The id is the number that comments and sockets use. `version` grows with everything that
    Messaging must hear; `content_hash` covers what the help desk wrote.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=20, default="hdts")
    external_id = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    priority = models.CharField(max_length=10, choices=Priority.choices)
    category = models.CharField(max_length=100)
    sub_category = models.CharField(max_length=100)
    department = models.CharField(max_length=100, blank=True, default="")
    requester_name = models.CharField(max_length=200, blank=True, default="")
    requester_email = models.CharField(max_length=254, blank=True, default="")
    attachments = models.JSONField(default=list, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    revised_at = models.DateTimeField(null=True, blank=True)
    revision = models.BigIntegerField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=TicketState.choices)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    audit_seq = models.IntegerField(default=0)
    audit_hash = models.CharField(max_length=64, blank=True, default="")

    drawn_number: int | None = None  # of the first task, by the INSERT of the ticket; not stored

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="ticket_once"),
            models.CheckConstraint(
                condition=Q(state__in=TicketState.values), name="ticket_state_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="ticket_priority_known"
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="ticket_has_external_id"),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(state="unmatched"), name="ticket_unmatched"
            ),
            models.Index(
                Lower("category"),
                Lower("sub_category"),
                "received_at",
                condition=Q(state="unmatched"),
                name="ticket_unmatched_kind",
            ),
            models.Index(fields=["state", "id"], name="ticket_in_state"),
            models.Index(SEVERITY, "id", name="ticket_by_severity"),
            models.Index(Upper("category"), "id", name="ticket_by_category"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def audit_subject(self) -> str:
        return f"ticket:{self.id}"
