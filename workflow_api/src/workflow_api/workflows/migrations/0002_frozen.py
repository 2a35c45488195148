"""What the models cannot say: versions never change; an edge stays inside its workflow."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION workflow_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A workflow version never changes.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER workflow_version_is_frozen BEFORE UPDATE ON workflows_workflowversion
    FOR EACH ROW EXECUTE FUNCTION workflow_version_is_frozen();
"""
THAW = """
DROP TRIGGER workflow_version_is_frozen ON workflows_workflowversion;
DROP FUNCTION workflow_version_is_frozen();
"""
SAME_WORKFLOW = """
ALTER TABLE workflows_step ADD CONSTRAINT step_of_workflow UNIQUE (workflow_id, step_id);
ALTER TABLE workflows_transition
    ADD CONSTRAINT transition_from_same_workflow FOREIGN KEY (workflow_id, from_step_id)
        REFERENCES workflows_step (workflow_id, step_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT transition_to_same_workflow FOREIGN KEY (workflow_id, to_step_id)
        REFERENCES workflows_step (workflow_id, step_id) DEFERRABLE INITIALLY DEFERRED;
"""
ANY_WORKFLOW = """
ALTER TABLE workflows_transition
    DROP CONSTRAINT transition_from_same_workflow, DROP CONSTRAINT transition_to_same_workflow;
ALTER TABLE workflows_step DROP CONSTRAINT step_of_workflow;
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial")]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(SAME_WORKFLOW, ANY_WORKFLOW),
    ]
