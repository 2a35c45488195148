"""Which workflow a ticket runs on, kept from being deleted until its first task is there."""

from django.db import connection

from workflow_api.workflows.models import WorkflowVersion

# Written out: building it as expressions costs more than all other work of taking a ticket in.
# The lock is the one that the foreign key of the task takes anyway, at commit: too late.
_MATCH = """
SELECT v.id, v.workflow_id, v.number
FROM workflows_workflow w JOIN workflows_workflowversion v ON v.id = w.current_version_id
WHERE w.status = 'deployed'
  AND lower(w.category) = lower(%(category)s)
  AND lower(w.sub_category) IN (lower(%(sub_category)s), '')
ORDER BY
    lower(w.sub_category) <> lower(%(sub_category)s),
    CASE lower(w.department) WHEN lower(%(department)s) THEN 1 WHEN '' THEN 2 ELSE 3 END,
    w.workflow_id
LIMIT 1
FOR KEY SHARE OF w
"""
_KEEP = "SELECT 1 FROM workflows_workflow WHERE workflow_id = %s FOR KEY SHARE"


def match(*, category: str, sub_category: str, department: str = "") -> WorkflowVersion | None:
    """Return the version that a new ticket runs on, or None: one statement.

    Only deployed workflows; case does not matter. Category, sub-category and department decide;
    else category and sub-category; else the category alone where a workflow leaves its
    sub-category empty. Among equals one for the ticket's department, then one for every
    department, then the oldest. It is not deleted before the caller's commit.
    """
    values = {"category": category, "sub_category": sub_category, "department": department}
    params = {name: value.strip() for name, value in values.items()}
    return next(iter(WorkflowVersion.objects.raw(_MATCH, params)), None)


def keep(workflow_id: int) -> bool:
    """Keep a workflow from being deleted until commit; False when it is gone already."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [workflow_id])
        return cursor.fetchone() is not None
