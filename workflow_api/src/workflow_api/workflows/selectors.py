"""Reading definitions. Deployed versions are kept parsed in the process: they never change."""

from functools import lru_cache

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Lower
from servicekit.errors import NotFound

from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.models import Status, WorkflowVersion


class WorkflowNotFound(NotFound):
    message = "There is no workflow {workflow_id}."


class VersionNotFound(NotFound):
    message = "There is no workflow version {version_id}."


@lru_cache(maxsize=1024)
def version_of(version_id: int) -> FrozenVersion:
    """Return a version parsed; one query the first time in a process. Raises VersionNotFound."""
    version = WorkflowVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise VersionNotFound(version_id=version_id)
    return FrozenVersion.of(
        version_id=version.pk,
        workflow_id=version.workflow_id,
        number=version.number,
        settings=version.settings,
        graph=version.graph,
    )


def match(*, category: str, sub_category: str, department: str = "") -> WorkflowVersion | None:
    """Return the version that a new ticket runs on, or None: one statement.

    Only deployed workflows; case does not matter. Category, sub-category and department decide;
    else category and sub-category; else the category alone where a workflow leaves its
    sub-category empty. Among equals one for the ticket's department, then one for every
    department, then the oldest.
    """
    same_sub = Q(lower_sub=Lower(Value(sub_category.strip())))
    same_dept = Q(lower_dept=Lower(Value(department.strip())))
    return (
        WorkflowVersion.objects.alias(
            lower_category=Lower("current_for__category"),
            lower_sub=Lower("current_for__sub_category"),
            lower_dept=Lower("current_for__department"),
        )
        .filter(
            same_sub | Q(lower_sub=""),
            current_for__status=Status.DEPLOYED,
            lower_category=Lower(Value(category.strip())),
        )
        .order_by(
            _rank((same_sub & same_dept, 1), (same_sub, 2)),
            _rank((same_dept, 1), (Q(lower_dept=""), 2)),
            "workflow_id",
        )
        .first()
    )


def _rank(*ranks: tuple[Q, int]) -> Case:
    """Return the number of the first condition that holds, else one that sorts last."""
    whens = [When(condition, then=Value(number)) for condition, number in ranks]
    return Case(*whens, default=Value(len(ranks) + 1), output_field=IntegerField())
