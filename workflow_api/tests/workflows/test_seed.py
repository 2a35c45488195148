"""The demo workflows: once, when the roles are there, never in production."""

from io import StringIO
from typing import Any

import pytest
from builders import ADMIN, AT, person, role
from celery.exceptions import Reject
from django.core.management import CommandError, call_command
from splitting import open_steps
from world import received

from servicekit.contracts import SeedWorkflows
from servicekit.inbox.models import InboxMessage
from servicekit.messaging import Delivery
from servicekit.messaging.work import work
from workflow_api.tasks import services as tasks
from workflow_api.workflows import demo, matching, selectors, services
from workflow_api.workflows.models import Workflow, WorkflowVersion
from workflow_api.workflows.tasks import seed_workflows

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> None:
    for number, name in enumerate(sorted(demo.role_names()), start=1):
        person(number, f"user{number}", role(100 + number, name))


def test_the_demo_is_deployed_and_matches_what_the_help_desk_sends(staff: None) -> None:
    made = services.seed_demo(at=AT)
    assert made == [
        "IT Support",
        "Asset Check Out",
        "Budget Proposal",
        "HR Onboarding",
        "Contractor Onboarding",
    ]
    assert set(Workflow.objects.values_list("status", flat=True)) == {"deployed"}
    for category in made:
        found = matching.match(category=category, sub_category="Any", department="Finance")
        assert found is not None
        assert found.workflow.name == category


def test_the_demo_with_branches_takes_no_ticket_of_the_others(staff: None) -> None:
    services.seed_demo(at=AT)
    found = matching.match(
        category="HR Onboarding", sub_category="Contractor", department="Human Resources"
    )
    assert found is not None
    assert found.workflow.name == "HR Onboarding"


def test_hardware_and_accounts_are_worked_side_by_side_and_then_handed_over(staff: None) -> None:
    services.seed_demo(at=AT)
    task = received(category="Contractor Onboarding")
    graph = selectors.version_of(task.workflow_version_id).graph
    by_name = {edge.name: edge.transition_id for edge in graph.edges}

    def go(*names: str) -> set[str]:
        for name in names:
            tasks.take_transition(
                task_id=task.task_id, transition_id=by_name[name], by=ADMIN, at=task.created_at
            )
        return set(open_steps(task))

    assert go() == {"Prepare"}
    assert go("Order the accounts") == {"Hardware", "Accounts"}
    assert go("Accounts are ready") == {"Hardware"}
    assert go("Hardware is ready") == {"Hand over"}


def test_a_second_seed_changes_nothing(staff: None) -> None:
    services.seed_demo(at=AT)
    Workflow.objects.filter(name="IT Support").update(description="edited")
    assert services.seed_demo(at=AT) == []
    assert WorkflowVersion.objects.count() == len(demo.DEMO)
    assert Workflow.objects.get(name="IT Support").description == "edited"


def test_where_an_older_demo_is_there_only_what_is_new_is_made(
    staff: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(demo, "DEMO", demo.DEMO[:-1])
        services.seed_demo(at=AT)
    assert services.seed_demo(at=AT) == [demo.DEMO[-1].name]


def test_it_waits_for_the_roles_and_says_which_did_not_come(db: None) -> None:
    with pytest.raises(CommandError, match="L1 Support"):
        call_command("seed_demo", "--wait-s", "0")
    assert not Workflow.objects.exists()


def test_the_command_says_what_it_made(staff: None) -> None:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert out.getvalue().count("deployed: ") == len(demo.DEMO)
    call_command("seed_demo", stdout=out)
    assert "there already" in out.getvalue()


def test_never_in_production(staff: None, settings: Any) -> None:
    settings.PROFILE = "production"
    with pytest.raises(services.NotInProduction):
        services.seed_demo(at=AT)


def deliver(message_id: str) -> None:
    delivery = Delivery(
        message_id=message_id,
        task=SeedWorkflows.TASK,
        queue=SeedWorkflows.QUEUE,
        headers={},
        body={},
    )
    work(SeedWorkflows, seed_workflows, delivery=delivery)


def test_an_operator_seeds_by_message(staff: None) -> None:
    deliver("seed-message-1")
    assert Workflow.objects.filter(status="deployed").count() == len(demo.DEMO)


def test_a_message_that_comes_before_the_roles_is_parked_with_the_reason(db: None) -> None:
    with pytest.raises(Reject):
        deliver("seed-message-2")
    parked = InboxMessage.objects.get()
    assert parked.outcome == "parked"
    assert "L1 Support" in parked.reason
