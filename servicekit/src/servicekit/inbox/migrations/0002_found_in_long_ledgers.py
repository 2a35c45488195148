"""A ledger of millions: the beginning of a subject, what is parked, and days are found by index."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="inboxmessage",
            index=models.Index(
                fields=["task", "subject"],
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                name="inbox_by_beginning",
            ),
        ),
        AddIndexConcurrently(
            model_name="inboxmessage",
            index=models.Index(
                fields=["id"], condition=models.Q(("outcome", "parked")), name="inbox_parked"
            ),
        ),
        AddIndexConcurrently(
            model_name="inboxmessage",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["received_at"], name="inbox_in_time"
            ),
        ),
        RemoveIndexConcurrently(model_name="inboxmessage", name="inbox_by_subject"),
    ]
