"""The words of tickets, kept by triggers, and the vocabulary for mistyped ones."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# Words as written, without accents and case: tickets come in several languages, so no stemming;
# the last word of a search finds its longer forms.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION ticket_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION ticket_words
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""
NO_CONFIGURATION = "DROP TEXT SEARCH CONFIGURATION ticket_words"

# A number is found as a whole (`hdts-12345`) and by its parts; so are host names and paths.
FUNCTIONS = r"""
CREATE FUNCTION ticket_lexemes(written text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('ticket_words', translate(written, '-_./@:\', '       '))
$$;
CREATE FUNCTION ticket_document(
    external_id text, title text, category text, sub_category text, description text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(
               array_to_tsvector(ARRAY[lower(external_id)])
               || ticket_lexemes(external_id || ' ' || title), 'A')
           || setweight(ticket_lexemes(category || ' ' || sub_category), 'B')
           || setweight(ticket_lexemes(left(description, 20000)), 'C')
$$;
CREATE FUNCTION ticket_text_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tasks_tickettext (ticket_id, document)
    VALUES (NEW.id, ticket_document(
        NEW.external_id, NEW.title, NEW.category, NEW.sub_category, NEW.description))
    ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $$;
CREATE TRIGGER ticket_text_begins AFTER INSERT ON tasks_ticket
    FOR EACH ROW EXECUTE FUNCTION ticket_text_follows();
CREATE TRIGGER ticket_text_changes
    AFTER UPDATE OF external_id, title, category, sub_category, description ON tasks_ticket
    FOR EACH ROW WHEN (
        (OLD.external_id, OLD.title, OLD.category, OLD.sub_category, OLD.description)
        IS DISTINCT FROM
        (NEW.external_id, NEW.title, NEW.category, NEW.sub_category, NEW.description))
    EXECUTE FUNCTION ticket_text_follows();
"""
NO_FUNCTIONS = """
DROP TRIGGER ticket_text_changes ON tasks_ticket;
DROP TRIGGER ticket_text_begins ON tasks_ticket;
DROP FUNCTION ticket_text_follows();
DROP FUNCTION ticket_document(text, text, text, text, text);
DROP FUNCTION ticket_lexemes(text);
"""
# The share of rows with a word decides how a search is run: also rarer words must be known.
STATISTICS = "ALTER TABLE tasks_tickettext ALTER COLUMN document SET STATISTICS 1000"


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_approvals")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATION, NO_CONFIGURATION),
        migrations.CreateModel(
            name="TicketText",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="tasks.ticket",
                    ),
                ),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["document"], name="text_words", gin_pending_list_limit=512
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("text", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("ticket", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["text"], opclasses=["gist_trgm_ops"], name="word_by_likeness"
                    ),
                ]
            },
        ),
        migrations.RunSQL(STATISTICS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
