"""Anchors of days, append-only like the rows that they stand for."""

from django.db import migrations, models

REFUSE = """
CREATE TRIGGER audit_anchors_stay BEFORE UPDATE OR DELETE ON audit_auditanchor
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_anchors_are_not_emptied BEFORE TRUNCATE ON audit_auditanchor
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
ALLOW = """
DROP TRIGGER audit_anchors_are_not_emptied ON audit_auditanchor;
DROP TRIGGER audit_anchors_stay ON audit_auditanchor;
"""
REVOKE = """
DO $$
DECLARE other text;
BEGIN
    FOR other IN
        SELECT DISTINCT grantee::text FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = 'audit_auditanchor'
          AND grantee NOT IN (current_user, 'PUBLIC')
    LOOP
        EXECUTE format(
            'REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON audit_auditanchor FROM %I',
            other
        );
    END LOOP;
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditanchor FROM PUBLIC;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("last_id", models.BigIntegerField()),
                ("rows", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("anchored_at", models.DateTimeField()),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day",), name="audit_one_anchor_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="audit_anchors_from_one"
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
