"""Claim, assign, transfer, escalate: who holds a step, and who may decide it."""

from datetime import timedelta

import pytest
from world import principal

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications
from workflow_api.roles.models import Member
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Task
from workflow_api.tasks.rights import NotACoordinator, NotInCharge
from workflow_api.tasks.services import escalation, handover

pytestmark = pytest.mark.django_db
ANA, BEN = principal(11, "L1 Support"), principal(12, "L1 Support")
OWNER = principal(9, "Ticket Coordinator")


def test_a_transfer_closes_one_assignment_and_opens_another(task, outbox_of):
    services.start_task(task_id=task.task_id, by=ANA, at=task.created_at)

    given = services.transfer_task(
        task_id=task.task_id, user_id=12, by=ANA, at=task.created_at, notes="on leave"
    )

    assert (given.assignee_id, given.state) == (12, "pending")
    rows = Assignment.objects.order_by("id").values_list("person_id", "outcome", "reason")
    assert list(rows) == [(11, "transferred", "on leave"), (12, "", "")]
    last = outbox_of(AssignmentNotification)[-1]
    assert (last.user_id, last.notification_type) == (12, "task_transfer")


def test_who_loses_a_task_by_anothers_hand_is_told(task, outbox_of):
    services.assign_task(task_id=task.task_id, user_id=12, by=OWNER, at=task.created_at)

    assert outbox_of(BulkCreateNotifications)[-1].user_ids == [11]


def test_who_waited_for_the_lock_of_a_later_act_still_acts(task):
    services.assign_task(
        task_id=task.task_id, user_id=12, by=OWNER, at=task.created_at + timedelta(seconds=2)
    )

    given = services.assign_task(
        task_id=task.task_id, user_id=11, by=OWNER, at=task.created_at + timedelta(seconds=1)
    )

    assert given.assignee_id == 11
    second = Assignment.objects.order_by("id")[1]
    assert second.closed_at == second.assigned_at


@pytest.mark.parametrize("user_id", [21, 999])
def test_only_an_active_member_of_the_role_can_be_given_a_task(task, user_id):
    with pytest.raises(handover.NotAMember):
        services.transfer_task(
            task_id=task.task_id, user_id=user_id, by=ANA, at=task.created_at, notes="take it"
        )
    assert Task.objects.get().assignee_id == 11


def test_a_task_is_not_transferred_to_who_has_it(task):
    with pytest.raises(handover.AlreadyTheirs):
        services.transfer_task(
            task_id=task.task_id, user_id=11, by=ANA, at=task.created_at, notes="to me"
        )


def test_a_colleague_may_neither_transfer_nor_assign(task):
    at = task.created_at
    with pytest.raises(NotInCharge):
        services.transfer_task(task_id=task.task_id, user_id=12, by=BEN, at=at, notes="mine")
    with pytest.raises(NotACoordinator):
        services.assign_task(task_id=task.task_id, user_id=12, by=ANA, at=at)


def test_an_escalation_goes_to_the_named_role_and_the_step_stays(task, outbox_of):
    raised = services.escalate_task(
        task_id=task.task_id, by=ANA, at=task.created_at, notes="too hard"
    )

    assert (raised.assignee_id, raised.current_role_id) == (21, 4)
    assert raised.current_step_name == "Triage"
    assert list(Assignment.objects.order_by("id").values_list("outcome", flat=True)) == [
        "escalated",
        "",
    ]
    told = outbox_of(AssignmentNotification)[-1]
    assert (told.notification_type, told.role_name) == ("task_escalation", "L2 Support")
    with pytest.raises(escalation.NoEscalation):
        services.escalate_task(
            task_id=task.task_id, by=principal(21, "L2 Support"), at=task.created_at, notes="me too"
        )


def test_without_anybody_above_an_escalation_changes_nothing(task):
    Member.objects.filter(role=4).update(is_active=False)

    with pytest.raises(escalation.NoEscalation):
        services.escalate_task(task_id=task.task_id, by=ANA, at=task.created_at, notes="help")
    assert Task.objects.get().assignee_id == 11


def test_a_free_task_is_claimed_by_a_member_of_its_role_only(task):
    Assignment.objects.update(closed_at=task.created_at, outcome="transferred")
    Task.objects.update(assignee=None)

    with pytest.raises(handover.NotYourRole):
        services.claim_task(task_id=task.task_id, by=principal(9, "x"), at=task.created_at)
    assert services.claim_task(task_id=task.task_id, by=BEN, at=task.created_at).assignee_id == 12
    with pytest.raises(handover.AlreadyTaken):
        services.claim_task(task_id=task.task_id, by=ANA, at=task.created_at)


def test_what_is_offered_is_what_is_accepted(task, support, admin, ana, ben, coordinator):
    def offered(client):
        actions = client.get(f"/tasks/{task.task_id}/").json()["available_actions"]
        return [each["action"] for each in actions]

    assert offered(ana) == ["start", "transition", "hold", "transfer", "escalate"]
    assert offered(ben) == []
    assert offered(coordinator) == ["hold", "transfer", "escalate", "assign"]
    assert set(offered(admin)) == {
        "start", "transition", "hold", "transfer", "escalate", "assign",
    }  # fmt: skip
    [way] = [
        each
        for each in ana.get(f"/tasks/{task.task_id}/").json()["available_actions"]
        if each["action"] == "transition"
    ]
    assert way == {
        "action": "transition",
        "transition_id": support.ways["Triage>Analysis"],
        "name": "Transition",
        "kind": "forward",
        "to_step": support.steps["Analysis"],
        "to_step_name": "Analysis",
        "branch": None,
        "needs_reason": False,
    }
