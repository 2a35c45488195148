"""Deploy, pause, resume, clone, delete; versions never change."""

from datetime import timedelta

import pytest
from builders import ADMIN, AT, deployed, draft, edge, node, save_graph, two_steps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient
from world import deliver, ticket_data

from servicekit.testing.races import race
from workflow_api.audit.models import AuditRow
from workflow_api.audit.verification import verify
from workflow_api.roles.models import Role
from workflow_api.sla.models import Calendar
from workflow_api.workflows import selectors, services
from workflow_api.workflows.models import Status, Step, Transition, Workflow, WorkflowVersion

pytestmark = pytest.mark.django_db


def deploy(workflow: Workflow) -> Workflow:
    return services.deploy(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)


def test_a_draft_is_initialized_once_it_could_be_deployed(support: Role) -> None:
    workflow = draft()
    assert workflow.status == Status.DRAFT
    nodes, edges = two_steps(support, support)
    assert save_graph(workflow, nodes, []).workflow.status == Status.DRAFT
    workflow.refresh_from_db()
    nodes, edges = two_steps(support, support)
    assert save_graph(workflow, nodes, edges).workflow.status == Status.INITIALIZED


def test_deploying_an_invalid_graph_names_every_fault(support: Role) -> None:
    workflow = draft()
    save_graph(workflow, [node("temp-a", None, is_start=True), node("temp-b", support)], [])
    with pytest.raises(services.CannotDeploy) as refused:
        deploy(workflow)
    found = {fault["code"] for fault in refused.value.details["faults"]}
    assert found == {"NO_END", "UNREACHABLE", "DEAD_END", "NO_ROLE"}
    assert not WorkflowVersion.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"weekly_hours": {"mon": [["09:00", "17:00"]]}}, "NO_BUSINESS_HOUR"),
        ({"weekly_hours": {}}, "CALENDAR_NOT_VALID"),
    ],
)
def test_a_calendar_without_hours_keeps_a_workflow_from_deployment(
    support: Role, values: dict[str, object], code: str
) -> None:
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    closed = [{"on": f"{monday + timedelta(weeks=n)}", "name": "Closed"} for n in range(-1, 60)]
    calendar = Calendar.objects.create(name="Shut", holidays=closed, **values)
    workflow = draft(calendar=calendar.pk)
    assert save_graph(workflow, *two_steps(support, support)).workflow.status == Status.DRAFT
    with pytest.raises(services.CannotDeploy) as refused:
        deploy(workflow)
    assert [fault["code"] for fault in refused.value.details["faults"]] == [code]


def test_running_versions_stay_what_they_were_when_the_draft_is_edited(support: Role) -> None:
    workflow = deployed(role=support)
    first = selectors.version_of(workflow.current_version_id or 0)
    ids = [each.step_id for each in first.graph.nodes]
    nodes = [
        node(ids[0], support, name="Renamed", is_start=True),
        node(ids[1], support, is_end=True),
        node("temp-new", support),
    ]
    edges = [edge(ids[0], "temp-new"), edge("temp-new", ids[1])]
    saved = save_graph(workflow, nodes, edges)
    assert saved.workflow.has_changes
    assert saved.workflow.status == Status.DEPLOYED
    assert selectors.version_of(first.version_id).graph.start.name == "First"

    again = deploy(workflow)
    second = selectors.version_of(again.current_version_id or 0)
    assert (second.number, second.graph.start.name) == (2, "Renamed")
    assert second.graph.start.step_id == ids[0]
    assert not again.has_changes


def test_deploying_again_without_a_change_keeps_the_version(support: Role) -> None:
    workflow = deployed(role=support)
    assert deploy(workflow).current_version_id == workflow.current_version_id


def test_settings_that_only_matter_for_matching_need_no_deploy(support: Role) -> None:
    workflow = deployed(role=support)
    changed = services.change_workflow(
        workflow_id=workflow.workflow_id, values={"category": "Other"}, by=ADMIN, at=AT
    )
    assert not changed.has_changes


def test_pause_and_resume_only_where_they_make_sense(support: Role) -> None:
    workflow = draft()
    with pytest.raises(services.WrongStatus):
        services.pause(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)
    running = deployed("Other", role=support)
    with pytest.raises(services.WrongStatus):
        services.resume(workflow_id=running.workflow_id, by=ADMIN, at=AT)
    paused = services.pause(workflow_id=running.workflow_id, by=ADMIN, at=AT)
    assert (paused.status, paused.is_published) == (Status.PAUSED, True)
    assert deploy(paused).status == Status.DEPLOYED


def test_a_clone_is_a_draft_of_its_own(support: Role) -> None:
    original = deployed(role=support, sub_category="Network")
    copies = [
        services.clone(workflow_id=original.workflow_id, name=None, by=ADMIN, at=AT)
        for _ in range(2)
    ]
    assert [copy.name for copy in copies] == ["IT Support (copy)", "IT Support (copy 2)"]
    assert copies[0].sub_category == "Network"
    assert copies[0].status == Status.INITIALIZED
    assert not copies[0].is_published
    before, after = selectors.draft_of(original), selectors.draft_of(copies[0])
    assert [n.name for n in after.nodes] == [n.name for n in before.nodes]
    assert {n.step_id for n in after.nodes}.isdisjoint(n.step_id for n in before.nodes)
    assert after.edges[0].from_step == after.start.step_id


def test_deleting_takes_everything_but_the_trail(support: Role) -> None:
    workflow = deployed(role=support)
    services.delete_workflow(workflow_id=workflow.workflow_id, by=ADMIN, at=AT)
    for model in (Workflow, Step, Transition, WorkflowVersion):
        assert not model._default_manager.exists()
    trail = AuditRow.objects.filter(subject=workflow.audit_subject)
    assert trail.latest("seq").action == "workflow_deleted"


def test_a_workflow_that_has_tasks_stays(support: Role, admin: APIClient) -> None:
    workflow = deployed(role=support)
    deliver(ticket_data(category=workflow.category))
    answer = admin.delete(f"/workflows/{workflow.workflow_id}/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "CONFLICT"
    assert Workflow.objects.get().status == Status.DEPLOYED


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_deploys_make_one_version(support: Role) -> None:
    workflow = deployed(role=support)
    services.change_workflow(
        workflow_id=workflow.workflow_id, values={"end_logic": "asset"}, by=ADMIN, at=AT
    )

    race(*[lambda: deploy(workflow)] * 3)

    assert list(WorkflowVersion.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]
    assert verify(at=AT).alteration is None


def test_the_database_refuses_to_change_a_version(support: Role) -> None:
    version = deployed(role=support).current_version
    assert version is not None
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        WorkflowVersion.objects.filter(pk=version.pk).update(graph={})


def test_the_database_refuses_an_edge_into_another_workflow(support: Role) -> None:
    here, there = deployed("Here", role=support), deployed("There", role=support)
    foreign = Step.objects.filter(workflow=there).first()
    assert foreign is not None
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="transition_to_same_workflow"), transaction.atomic():
        Transition.objects.filter(workflow=here).update(to_step=foreign)
