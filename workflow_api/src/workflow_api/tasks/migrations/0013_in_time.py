"""Tasks by when they began, for reports; they are written in that order."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0012_owned_by_deadline")]

    operations = [
        AddIndexConcurrently("task", BrinIndex(fields=["created_at"], name="task_in_time")),
    ]
