"""The projection of a ticket: what Messaging must know to decide who may read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Ticket(models.Model):
    """A ticket as the Workflow API last described it, and the head of its comment log.

    Whoever allocates a seq locks this row first, so that the order of seq is commit order.
    """

    ticket_id = models.BigIntegerField(primary_key=True)
    external_ticket_id = models.TextField(blank=True)
    task_id = models.TextField(blank=True)
    title = models.TextField(blank=True)
    status = models.TextField(blank=True)
    workflow_name = models.TextField(blank=True)
    participants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    owner_id = models.BigIntegerField(null=True, blank=True)
    role_names = ArrayField(models.TextField(), default=list, blank=True)
    version = models.BigIntegerField()
    head_seq = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ticket_id__gte=1), name="ticket_id_positive"),
            models.CheckConstraint(condition=Q(head_seq__gte=0), name="ticket_head_seq_counts_up"),
        ]

    def __str__(self) -> str:
        return self.external_ticket_id or f"ticket {self.ticket_id}"
