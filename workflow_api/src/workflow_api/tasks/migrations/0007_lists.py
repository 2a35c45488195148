"""Lists at a million rows: an index for each filter and order; the words of the tickets so far."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


AT_ONCE = 5000
READ = """
INSERT INTO tasks_tickettext (ticket_id, document)
SELECT id, ticket_document(external_id, title, category, sub_category, description)
FROM tasks_ticket WHERE id > %s AND id <= %s
ON CONFLICT (ticket_id) DO NOTHING
"""


def read_older_tickets(apps: Any, editor: Any) -> None:
    """Note the words of the tickets that came before the trigger, in short transactions."""
    tickets = apps.get_model("tasks", "Ticket").objects
    newest = tickets.aggregate(newest=models.Max("id"))["newest"] or 0
    with editor.connection.cursor() as cursor:
        for start in range(0, newest, AT_ONCE):
            cursor.execute(READ, [start, start + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("roles", "0003_availability"),
        ("tasks", "0006_search"),
        ("workflows", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(read_older_tickets, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["in_progress", "on_hold", "pending", "pending_external"])
                ),
                fields=["number"],
                name="task_open_newest",
            ),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["state", "number"], name="task_in_state"),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                models.Case(
                    models.When(priority="low", then=models.Value(0)),
                    models.When(priority="medium", then=models.Value(1)),
                    models.When(priority="high", then=models.Value(2)),
                    models.When(priority="urgent", then=models.Value(3)),
                    output_field=models.IntegerField(),
                ),
                models.F("number"),
                name="task_by_severity",
            ),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                models.Case(
                    models.When(completed_at=None, paused_at=None, then=models.Value("running")),
                    models.When(
                        sla_deadline__lte=django.db.models.functions.comparison.Coalesce(
                            "completed_at", "paused_at"
                        ),
                        then=models.Value("breached"),
                    ),
                    models.When(
                        sla_warn_at__lte=django.db.models.functions.comparison.Coalesce(
                            "completed_at", "paused_at"
                        ),
                        then=models.Value("at_risk"),
                    ),
                    default=models.Value("ok"),
                    output_field=models.CharField(),
                ),
                models.F("number"),
                name="task_by_standing",
            ),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["workflow_version", "number"], name="task_by_version"),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["assignee", "number"], name="task_by_assignee"),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["created_at", "number"], name="task_by_age"),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["sla_deadline", "number"], name="task_by_deadline"),
        ),
        AddIndexConcurrently(
            model_name="task",
            index=models.Index(fields=["step_deadline", "number"], name="task_by_step_deadline"),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["state", "id"], name="ticket_in_state"),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                models.Case(
                    models.When(priority="low", then=models.Value(0)),
                    models.When(priority="medium", then=models.Value(1)),
                    models.When(priority="high", then=models.Value(2)),
                    models.When(priority="urgent", then=models.Value(3)),
                    output_field=models.IntegerField(),
                ),
                models.F("id"),
                name="ticket_by_severity",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(
                django.db.models.functions.text.Upper("category"),
                models.F("id"),
                name="ticket_by_category",
            ),
        ),
        AddIndexConcurrently(
            model_name="ticket",
            index=models.Index(fields=["received_at", "id"], name="ticket_by_age"),
        ),
        RemoveIndexConcurrently(
            model_name="task",
            name="task_by_state",
        ),
        RemoveIndexConcurrently(
            model_name="task",
            name="task_by_priority",
        ),
        RemoveIndexConcurrently(
            model_name="ticket",
            name="ticket_by_state",
        ),
        migrations.AlterField(
            model_name="task",
            name="workflow_version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="workflows.workflowversion",
            ),
        ),
    ]
