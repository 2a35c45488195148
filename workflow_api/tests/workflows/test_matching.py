"""Which workflow a ticket runs on: one statement, three fallbacks, only deployed ones."""

from typing import Any

import pytest
from builders import ADMIN, AT, deployed, draft
from django.db import connection

from workflow_api.roles.models import Role
from workflow_api.workflows import matching, selectors, services
from workflow_api.workflows.models import Workflow, WorkflowVersion

pytestmark = pytest.mark.django_db


def matched(category: str, sub_category: str, department: str = "") -> str | None:
    found = matching.match(category=category, sub_category=sub_category, department=department)
    return None if found is None else found.workflow.name


@pytest.fixture
def four(support: Role) -> None:
    deployed("Exact", role=support, category="IT", sub_category="Net", department="Ops")
    deployed("Any department", role=support, category="IT", sub_category="Net")
    deployed("Any sub", role=support, category="IT")
    deployed("Any sub for HR", role=support, category="IT", department="HR")


@pytest.mark.parametrize(
    ("ticket", "name"),
    [
        (("IT", "Net", "Ops"), "Exact"),
        (("it", " NET ", "oPS"), "Exact"),
        (("IT", "Net", "HR"), "Any department"),
        (("IT", "Net"), "Any department"),
        (("IT", "Disk", "Ops"), "Any sub"),
        (("IT", "Disk", "HR"), "Any sub for HR"),
        (("HR", "Net", "Ops"), None),
        (("", "", ""), None),
    ],
)
def test_the_nearest_fit_wins(four: None, ticket: tuple[str, ...], name: str | None) -> None:
    assert matched(*ticket) == name


def test_category_and_sub_category_match_whatever_the_department(support: Role) -> None:
    deployed("Ops only", role=support, category="IT", sub_category="Net", department="Ops")
    assert matched("IT", "Net", "Finance") == "Ops only"
    assert matched("IT", "Disk", "Ops") is None


def test_among_equals_the_oldest_wins(support: Role) -> None:
    deployed("Old", role=support, category="IT", sub_category="Net")
    deployed("New", role=support, category="IT", sub_category="Net")
    assert matched("IT", "Net") == "Old"


def test_case_does_not_matter_beyond_ascii(support: Role) -> None:
    deployed("Büro", role=support, category="BÜRO", sub_category="Größe")
    assert matched("büro", "GRÖßE") == "Büro"


def test_only_deployed_workflows_match(support: Role) -> None:
    draft("Draft", category="IT")
    paused = deployed("Paused", role=support, category="IT")
    services.pause(workflow_id=paused.workflow_id, by=ADMIN, at=AT)
    assert matched("IT", "Net") is None
    services.resume(workflow_id=paused.workflow_id, by=ADMIN, at=AT)
    assert matched("IT", "Net") == "Paused"


def test_the_current_version_is_matched(support: Role) -> None:
    workflow = deployed(role=support, category="IT")
    services.change_workflow(
        workflow_id=workflow.workflow_id, values={"end_logic": "asset"}, by=ADMIN, at=AT
    )
    services.deploy(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)
    found = matching.match(category="IT", sub_category="x")
    assert found is not None
    assert found.number == 2
    assert selectors.version_of(found.pk).end_logic == "asset"


def fill(count: int) -> None:
    """So many other drafts that the planner has a reason for the index of the deployed ones."""
    times = {"created_at": AT, "updated_at": AT}
    Workflow.objects.bulk_create(
        Workflow(name=f"Other {n}", category=f"C{n}", **times) for n in range(count)
    )


def test_it_is_one_statement_and_uses_the_index(four: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1) as captured:
        matching.match(category="IT", sub_category="Net", department="Ops")
    fill(500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE workflows_workflow")
        cursor.execute(f"EXPLAIN {captured[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "workflow_matching" in plan


def test_a_version_is_read_once_in_a_process(support: Role, django_assert_num_queries: Any) -> None:
    workflow = deployed(role=support)
    assert workflow.current_version_id is not None
    selectors.version_of(workflow.current_version_id)
    with django_assert_num_queries(0):
        frozen = selectors.version_of(workflow.current_version_id)
    assert frozen.graph.start.name == "First"
    assert frozen.slas["urgent"] == workflow.urgent_sla


def test_an_unknown_version_is_an_error(db: None) -> None:
    with pytest.raises(selectors.VersionNotFound):
        selectors.version_of(WorkflowVersion.objects.count() + 10**9)
