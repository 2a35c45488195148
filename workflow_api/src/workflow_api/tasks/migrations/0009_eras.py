"""The words of a ticket also say in which stretches of tickets it is, to find the newest first."""

from typing import Any

from django.db import migrations, models

AT_ONCE = 5000

# No search can be for a word with a space. The sizes are those of `search.ERAS`.
FUNCTIONS = """
CREATE FUNCTION ticket_eras(ticket bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY[' a' || (ticket >> 12), ' b' || (ticket >> 16)])
$$;
CREATE OR REPLACE FUNCTION ticket_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tasks_tickettext (ticket_id, document)
    VALUES (NEW.id, ticket_eras(NEW.id) || ticket_document(
        NEW.external_id, NEW.title, NEW.category, NEW.sub_category, NEW.description))
    ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION ticket_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tasks_tickettext (ticket_id, document)
    VALUES (NEW.id, ticket_document(
        NEW.external_id, NEW.title, NEW.category, NEW.sub_category, NEW.description))
    ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $$;
DROP FUNCTION ticket_eras(bigint);
"""
MARK = """
UPDATE tasks_tickettext SET document = ticket_eras(ticket_id) || document
WHERE ticket_id > %s AND ticket_id <= %s
"""


def mark_older_tickets(apps: Any, editor: Any) -> None:
    """Give the words so far their eras, in short transactions."""
    texts = apps.get_model("tasks", "TicketText").objects
    newest = texts.aggregate(newest=models.Max("ticket"))["newest"] or 0
    with editor.connection.cursor() as cursor:
        for start in range(0, newest, AT_ONCE):
            cursor.execute(MARK, [start, start + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tasks", "0008_branches")]

    operations = [
        migrations.RunSQL(FUNCTIONS, AS_BEFORE),
        migrations.RunPython(mark_older_tickets, migrations.RunPython.noop, elidable=True),
    ]
