"""Fewer indexes for what nobody did; a person's actions are found however many other ones."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


def _add(name: str, *fields: str) -> AddIndexConcurrently:
    by_somebody = models.Q(user_id__isnull=False)
    return AddIndexConcurrently(
        "auditrow", models.Index(fields=fields, name=name, condition=by_somebody)
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0004_in_time")]

    operations = [
        _add("audit_of_person", "user_id", "-at", "-id"),
        _add("audit_of_persons_action", "user_id", "action", "-at", "-id"),
        RemoveIndexConcurrently("auditrow", "audit_user_time"),
        RemoveIndexConcurrently("auditrow", "audit_task_time"),
    ]
