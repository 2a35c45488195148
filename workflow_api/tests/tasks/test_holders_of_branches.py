"""Who holds a branch: by turn, by effort, by hand, or nobody for a while."""

import pytest
from splitting import (
    ANA,
    BEN,
    CAT,
    act,
    after,
    as_,
    branch_at,
    check,
    forking,
    fresh,
    go,
    notices,
    open_steps,
    split,
)
from world import received, role

from servicekit.contracts import AssignmentNotification, TicketSync
from workflow_api.roles.models import Availability, Member
from workflow_api.sla.services import sweep
from workflow_api.tasks.models import Branch
from workflow_api.tasks.places import ChooseBranch
from workflow_api.tasks.services import (
    assign_task,
    assign_waiting,
    claim_task,
    escalate_task,
    transfer_task,
)

pytestmark = pytest.mark.django_db


def test_a_branch_is_handed_over_escalated_claimed_and_assigned():
    made = forking(Check={"escalate_to": role(6, "Chiefs", 61)})
    task = split(made)
    act(transfer_task, task, BEN, user_id=22)
    assert open_steps(task) == {"Check": 22, "Order": CAT}
    act(escalate_task, task, 9)
    assert open_steps(task) == {"Check": 61, "Order": CAT}
    check(task)
    with pytest.raises(ChooseBranch):
        act(assign_task, task, 9, user_id=61)
    Member.objects.create(role_id=5, person_id=22)
    act(assign_task, task, 9, user_id=22, branch=branch_at(task, "Order").id)
    assert open_steps(task) == {"Check": 61, "Order": 22}
    check(task)


def test_branches_that_nobody_can_take_wait_and_are_drained(outbox_of):
    made = forking()
    Member.objects.filter(role_id=5).update(is_active=False)
    task = split(made)
    assert open_steps(task) == {"Check": BEN}
    assert notices(outbox_of, "system") == [(f"Nobody can take {task.task_id}", [1])]
    check(task)
    assert assign_waiting(at=after(task, hours=1)) == 0

    Member.objects.filter(role_id=5).update(is_active=True)
    assert assign_waiting(at=after(task, hours=1), role_ids=[4]) == 0
    assert assign_waiting(at=after(task, hours=1), role_ids=[5]) == 1
    assert assign_waiting(at=after(task, hours=1)) == 0

    assert open_steps(task) == {"Check": BEN, "Order": CAT}
    check(task)


def test_a_branch_that_nobody_holds_is_claimed_by_a_member_of_its_role():
    made = forking()
    task = received()
    Member.objects.filter(role_id=5).update(is_active=False)
    go(task, made, "Ask>Check", ANA)
    Member.objects.filter(role_id=5).update(is_active=True)
    claim_task(task_id=task.task_id, by=as_(CAT), at=after(task))
    assert open_steps(task) == {"Check": BEN, "Order": CAT}
    check(task)


def test_a_breach_escalates_every_branch_that_can(outbox_of):
    chiefs = role(6, "Chiefs", 61, 62)
    made = forking(Check={"escalate_to": chiefs}, Order={"escalate_to": chiefs})
    task = split(made)
    assert sweep(at=after(task, days=9)) == 1
    assert set(open_steps(task)) == {"Check", "Order"}
    assert set(open_steps(task).values()) == {61, 62}
    assert Branch.objects.filter(current_role=6).count() == 2
    assert sweep(at=after(task, days=9)) == 0
    ((_, people),) = notices(outbox_of, "sla_breach")
    assert people == [1, 9, BEN, CAT]
    check(task)


def test_the_effort_of_a_branch_counts_for_who_holds_it():
    made = forking(strategy="least_loaded", Order={"weight": 9})
    role(5, "Buying", CAT, 32)
    busy, other = split(made), split(made)
    assert fresh(busy).current_step_name == "Check"  # so Order is held by its branch alone
    free = open_steps(other)["Order"]
    assert {open_steps(busy)["Order"], free} == {CAT, 32}

    go(other, made, "Order>Hand over", free)

    assert open_steps(split(made))["Order"] == free  # by turn it would be the other one


def test_a_branch_counts_against_the_limit_of_who_holds_it():
    made = forking(Order={"weight": 9})
    Availability.objects.create(person_id=CAT, max_open_tasks=1)
    first, second = split(made), split(made)
    assert fresh(first).current_step_name == "Check"  # so Order is held by its branch alone
    assert [open_steps(each).get("Order") for each in (first, second)] == [CAT, None]


def test_messaging_hears_of_every_holder_at_once(outbox_of):
    split(forking())
    assert outbox_of(TicketSync)[-1].ticket.participants == [9, ANA, BEN, CAT]
    assert [each.user_id for each in outbox_of(AssignmentNotification)] == [ANA, BEN, CAT]
    assert [each.step_name for each in outbox_of(AssignmentNotification)][1:] == ["Check", "Order"]
