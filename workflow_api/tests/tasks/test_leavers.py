"""Who loses a role leaves its work to the others."""

import pytest
from splitting import BEN, CAT, after, check, forking, open_steps, split
from world import principal, received, role, workflow

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications
from servicekit.testing.races import race
from workflow_api.roles.models import Member, Role
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Task, TaskEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def people():
    role(1, "Admin", 1)
    role(2, "Ticket Coordinator", 9)


@pytest.fixture
def task():
    """A task of one step, held by user 11 and owned by user 9."""
    workflow([{"name": "Triage", "role": role(3, "L1 Support", 11), "is_end": True}])
    return received()


def lose(user_id, **which):
    Member.objects.filter(person=user_id, **which).update(is_active=False)


def fresh(task):
    return Task.objects.get(pk=task.pk)


def test_what_somebody_holds_who_lost_the_role_goes_to_whose_turn_it_is(task, outbox_of):
    services.start_task(
        task_id=task.task_id, by=principal(11, "L1 Support"), at=after(task, hours=1)
    )
    role(3, "L1 Support", 12)
    assert services.pass_on(at=after(task, hours=2)) == 0
    lose(11)

    assert services.pass_on(at=after(task, hours=2)) == 1

    now = fresh(task)
    assert (now.assignee_id, now.state) == (12, "pending")
    first, second = Assignment.objects.filter(task=task).order_by("id")
    assert (first.outcome, first.closed_at) == ("transferred", after(task, hours=2))
    assert first.reason == "User 11 does not hold the role L1 Support any more."
    assert (second.person_id, second.closed_at) == (12, None)
    assert outbox_of(AssignmentNotification)[-1].user_id == 12
    told = [each for each in outbox_of(BulkCreateNotifications) if "passed on" in each.subject]
    assert [each.user_ids for each in told] == [[9]]
    assert services.pass_on(at=after(task, hours=3)) == 0


def test_without_anybody_else_the_step_waits_and_the_admins_are_told(task, outbox_of):
    lose(11)

    assert services.pass_on(at=after(task, hours=2)) == 1

    assert fresh(task).assignee_id is None
    assert not Assignment.objects.filter(task=task, closed_at=None).exists()
    assert [1] in [each.user_ids for each in outbox_of(BulkCreateNotifications)]
    role(3, "L1 Support", 12)
    assert services.assign_waiting(at=after(task, hours=3)) == 1
    assert fresh(task).assignee_id == 12


def test_what_is_on_hold_is_handed_on_once_it_is_resumed(task):
    role(3, "L1 Support", 12)
    ana = principal(11, "L1 Support")
    services.hold_task(task_id=task.task_id, by=ana, at=after(task, hours=1), notes="Parts")
    lose(11)
    assert services.pass_on(at=after(task, hours=2)) == 0

    services.resume_task(task_id=task.task_id, by=principal(1, "Admin"), at=after(task, hours=3))

    assert services.pass_on(at=after(task, hours=3)) == 1
    assert fresh(task).assignee_id == 12


def test_work_of_a_role_that_is_gone_itself_stays_with_who_has_it(task):
    lose(11)
    Role.objects.filter(pk=3).update(is_active=False)
    assert services.pass_on(at=after(task, hours=2)) == 0
    assert fresh(task).assignee_id == 11


def test_a_branch_is_handed_on_and_the_others_stay():
    task = split(forking())
    lose(BEN)

    assert services.pass_on(at=after(task, hours=2)) == 1

    assert open_steps(task) == {"Check": 22, "Order": CAT}
    check(task)


def test_two_at_once_hand_a_task_on_once(task):
    role(3, "L1 Support", 12, 13)
    lose(11)

    race(*[lambda: services.pass_on(at=after(task, hours=2))] * 4)

    assert Assignment.objects.filter(task=task).count() == 2
    assert TaskEvent.objects.filter(task=task, kind="assigned").count() == 2
