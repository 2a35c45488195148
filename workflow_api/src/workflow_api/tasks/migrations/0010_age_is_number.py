"""Lists by age go by the number, which is drawn in the same order: two indexes less to keep."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0009_eras")]

    operations = [
        RemoveIndexConcurrently("task", "task_by_age"),
        RemoveIndexConcurrently("ticket", "ticket_by_age"),
    ]
