"""Open tasks by their owner, the most urgent first: in what order they find another one."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

OPEN = ["in_progress", "on_hold", "pending", "pending_external"]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0011_owners_and_kinds")]

    operations = [
        AddIndexConcurrently(
            "task",
            models.Index(
                condition=Q(state__in=OPEN),
                fields=["owner", "sla_deadline", "number"],
                name="task_owned_by",
            ),
        ),
        RemoveIndexConcurrently("task", "task_open_owned"),
    ]
