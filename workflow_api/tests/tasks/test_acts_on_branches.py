"""What is done to one branch leaves the others alone; what is done to the task meets all."""

import pytest
from splitting import (
    ANA,
    BEN,
    CAT,
    act,
    after,
    branch_at,
    check,
    forking,
    fresh,
    go,
    open_steps,
    split,
)
from world import received, role

from workflow_api.roles.models import Member
from workflow_api.tasks import services
from workflow_api.tasks.approvals import AlreadyApproved, SeparationOfDuties
from workflow_api.tasks.loading import StaleVersion
from workflow_api.tasks.models import Approval, Assignment, Branch
from workflow_api.tasks.places import BranchNotOpen, ChooseBranch
from workflow_api.tasks.rights import NotInCharge, NotYourTask
from workflow_api.tasks.routing import Action, NotFromHere
from workflow_api.tasks.services import (
    assign_task,
    decide_task,
    hold_task,
    put_back_task,
    resume_task,
    set_status,
    start_task,
    transfer_task,
    wait_for_external,
)
from workflow_api.tasks.states import State, TransitionNotAllowed
from workflow_api.workflows.selectors import version_of

pytestmark = pytest.mark.django_db


def test_each_branch_is_started_and_put_back_for_itself():
    task = split(forking())
    act(start_task, task, BEN)
    assert fresh(task).state == State.IN_PROGRESS
    act(start_task, task, CAT)
    with pytest.raises(TransitionNotAllowed):
        act(start_task, task, CAT)
    act(put_back_task, task, BEN)
    assert fresh(task).state == State.IN_PROGRESS
    act(put_back_task, task, CAT)
    assert fresh(task).state == State.PENDING
    started = Assignment.objects.filter(step_name__in=["Check", "Order"])
    assert all(each.started_at for each in started)
    check(task)


def test_a_status_is_set_of_the_branch_that_it_fits():
    task = split(forking())
    act(set_status, task, BEN, target=State.IN_PROGRESS)
    act(set_status, task, CAT, target=State.IN_PROGRESS)
    assert set(Branch.objects.values_list("state", flat=True)) == {"in_progress"}
    act(set_status, task, 1, target=State.PENDING, branch=branch_at(task, "Order").id)
    assert branch_at(task, "Order").state == "pending"
    assert branch_at(task, "Check").state == "in_progress"
    with pytest.raises(TransitionNotAllowed):
        act(set_status, task, 1, target=State.CLOSED)


def test_who_may_act_on_several_branches_names_one():
    task = split(forking())
    with pytest.raises(ChooseBranch) as refused:
        act(start_task, task, 1)
    for name in ("Check", "Order"):
        assert f"{branch_at(task, name).id} ({name})" in refused.value.sentence
    assert refused.value.status == 400
    act(start_task, task, 1, branch=branch_at(task, "Order").id)
    act(start_task, task, 1)  # one is left
    assert set(Branch.objects.values_list("state", flat=True)) == {"in_progress"}


def test_a_branch_that_is_not_open_is_refused():
    made = forking()
    task = split(made)
    order = branch_at(task, "Order").id
    go(task, made, "Order>Hand over", CAT)
    for branch in (order, order + 1000):
        with pytest.raises(BranchNotOpen):
            act(start_task, task, 1, branch=branch)


def test_others_do_not_act_on_a_branch():
    made = forking()
    task = split(made)
    with pytest.raises(NotYourTask):
        go(task, made, "Order>Hand over", BEN)
    with pytest.raises(NotYourTask):
        act(start_task, task, ANA)
    with pytest.raises(NotYourTask):
        act(start_task, task, BEN, branch=branch_at(task, "Order").id)
    with pytest.raises(NotInCharge):
        act(transfer_task, task, ANA, user_id=22)
    with pytest.raises(NotFromHere):
        go(task, made, "Ask>Check", BEN)
    check(task)


def test_a_branch_is_not_stale_because_another_changed():
    made = forking()
    task = split(made)
    seen = task.version
    act(start_task, task, BEN, version=seen)

    go(task, made, "Order>Hand over", CAT, version=seen)

    with pytest.raises(StaleVersion):
        go(task, made, "Check>Prove", BEN, version=seen)
    with pytest.raises(StaleVersion):
        go(task, made, "Check>Prove", BEN, version=fresh(task).version + 1)
    go(task, made, "Check>Prove", BEN, version=seen + 1)
    check(task)


def test_hold_stops_every_branch_and_resume_goes_on_as_it_was():
    task = split(forking())
    act(start_task, task, BEN)
    before = {b.current_step_name: b.step_deadline for b in Branch.objects.all()}

    act(hold_task, task, CAT, at=after(task, minutes=10))
    with pytest.raises(TransitionNotAllowed):
        act(start_task, task, CAT)
    act(resume_task, task, CAT, at=after(task, minutes=40))

    assert fresh(task).state == State.IN_PROGRESS
    assert branch_at(task, "Order").state == "pending"
    for branch in Branch.objects.all():
        moved = branch.step_deadline - before[branch.current_step_name]
        assert moved.total_seconds() == 1800
        held = Assignment.objects.get(step_name=branch.current_step_name)
        assert held.due_at == branch.step_deadline
    check(task)


@pytest.mark.parametrize("stop", [hold_task, wait_for_external])
@pytest.mark.parametrize("is_split", [False, True])
def test_what_is_stopped_is_resumed_and_not_put_back(stop, is_split):
    made = forking()
    task, holder = (split(made), BEN) if is_split else (received(), ANA)
    act(start_task, task, holder)
    act(stop, task, holder)
    before = fresh(task)

    with pytest.raises(TransitionNotAllowed):
        act(put_back_task, task, holder)

    assert (fresh(task).version, fresh(task).state) == (before.version, before.state)
    check(task)


def test_waiting_for_another_system_stops_the_branches_as_well():
    made = forking()
    task = split(made)
    act(wait_for_external, task, BEN)
    with pytest.raises(TransitionNotAllowed):
        go(task, made, "Order>Hand over", CAT)
    act(resume_task, task, BEN)
    assert fresh(task).state == State.PENDING
    check(task)


def test_a_new_priority_moves_the_deadlines_of_every_branch():
    task = split(forking(), priority="low")
    before = {b.current_step_name: b.step_deadline for b in Branch.objects.all()}
    services.revise_ticket(
        task.ticket,
        task,
        version_of(task.workflow_version_id),
        written={"priority": "urgent"},
        at=after(task, minutes=5),
    )
    for branch in Branch.objects.all():
        assert branch.step_deadline < before[branch.current_step_name]
        held = Assignment.objects.get(step_name=branch.current_step_name)
        assert held.due_at == branch.step_deadline
    check(task)


def test_approvals_are_counted_branch_by_branch():
    made = approving()
    task = split(made)
    act(decide_task, task, BEN, action=Action.APPROVE, branch=branch_at(task, "Check").id)
    act(decide_task, task, BEN, action=Action.APPROVE, branch=branch_at(task, "Order").id)
    with pytest.raises(AlreadyApproved):
        act(decide_task, task, BEN, action=Action.APPROVE, branch=branch_at(task, "Check").id)
    assert Approval.objects.filter(counts=True).count() == 2
    act(decide_task, task, 22, action=Action.APPROVE, branch=branch_at(task, "Check").id)
    assert set(open_steps(task)) == {"Order"}
    assert Approval.objects.filter(counts=True).count() == 1
    act(decide_task, task, 22, action=Action.APPROVE)
    assert set(open_steps(task)) == {"Hand over"}
    assert not Approval.objects.filter(counts=True).exists()
    check(task)


def approving(**hand_over):
    security = role(4, "Security", BEN, 22)
    approved = {"requires_approval": True, "approvals_needed": 2, "role": security}
    return forking(
        **{"Check": approved, "Order": approved, "Hand over": hand_over},
        edges=[
            ("Check", "Hand over", "approve"),
            ("Order", "Hand over", "approve"),
            ("Order", "Ask", "reject"),
        ],
    )


def test_whoever_brought_a_branch_did_the_step_before_the_join():
    security = role(4, "Security", BEN, 22)
    kept = {"requires_approval": True, "previous_may_approve": False, "role": security}
    made = forking(**{"Hand over": kept})
    Member.objects.create(role_id=4, person_id=CAT)
    task = split(made)
    go(task, made, "Order>Hand over", CAT)
    go(task, made, "Check>Prove", BEN)
    if open_steps(task)["Prove"] != BEN:
        act(transfer_task, task, 1, user_id=BEN)
    go(task, made, "Prove>Hand over", BEN)
    for user_id in (CAT, BEN):
        if open_steps(task)["Hand over"] != user_id:
            act(assign_task, task, 1, user_id=user_id)
        with pytest.raises(SeparationOfDuties):
            act(decide_task, task, user_id, action=Action.APPROVE)
