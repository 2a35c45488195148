"""Open tasks by their owner, and unmatched tickets by their kind: what the sweeps look up."""

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
                condition=Q(state__in=OPEN), fields=["owner", "number"], name="task_open_owned"
            ),
        ),
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
