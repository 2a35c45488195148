"""Each filter of the trail finds its rows in the order of time."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


def _add(name: str, *fields: str, **more: models.Q) -> AddIndexConcurrently:
    return AddIndexConcurrently("auditrow", models.Index(fields=fields, name=name, **more))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_anchors")]

    operations = [
        _add("audit_task_time", "task_id", "-at", "-id", condition=~models.Q(task_id="")),
        _add("audit_user_time", "user_id", "-at", "-id"),
        _add("audit_action_time", "action", "-at", "-id"),
        _add("audit_in_time", "-at", "-id"),
        RemoveIndexConcurrently("auditrow", "audit_of_task"),
        RemoveIndexConcurrently("auditrow", "audit_of_user"),
        RemoveIndexConcurrently("auditrow", "audit_of_action"),
        RemoveIndexConcurrently("auditrow", "audit_by_time"),
    ]
