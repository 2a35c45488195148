"""What sweeps and reports look up.

Open tasks by their owner, the most urgent first; unmatched tickets by their kind; tasks by when
they began, which is the order in which they are written.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

OPEN = ["in_progress", "on_hold", "pending", "pending_external"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0010_age_is_number")]

    operations = [
        AddIndexConcurrently(
            "task",
            models.Index(
                condition=Q(state__in=OPEN),
                fields=["owner", "sla_deadline", "number"],
                name="task_owned_by",
            ),
        ),
        AddIndexConcurrently("task", BrinIndex(fields=["created_at"], name="task_in_time")),
        AddIndexConcurrently(
            "ticket",
            models.Index(
                Lower("category"),
                Lower("sub_category"),
                models.F("received_at"),
                condition=Q(state="unmatched"),
                name="ticket_unmatched_kind",
            ),
        ),
    ]
