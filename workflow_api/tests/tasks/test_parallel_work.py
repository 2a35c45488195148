"""A step forks into branches that are worked side by side and joined."""

import pytest
from splitting import (
    ANA,
    BEN,
    CAT,
    after,
    as_,
    branch_at,
    check,
    forking,
    fresh,
    go,
    open_steps,
    split,
)
from world import received, role

from servicekit.contracts import AssignmentNotification, BulkCreateNotifications, TicketSync
from workflow_api.audit.models import AuditRow
from workflow_api.roles.models import Availability, Member
from workflow_api.sla.services import sweep
from workflow_api.tasks import services
from workflow_api.tasks.approvals import AlreadyApproved, SeparationOfDuties
from workflow_api.tasks.loading import StaleVersion
from workflow_api.tasks.models import Approval, Assignment, Branch, TaskEvent
from workflow_api.tasks.places import BranchNotOpen, ChooseBranch
from workflow_api.tasks.rights import NotInCharge, NotYourTask
from workflow_api.tasks.routing import Action, NotFromHere
from workflow_api.tasks.services import (
    assign_task,
    assign_waiting,
    claim_task,
    decide_task,
    escalate_task,
    hold_task,
    put_back_task,
    reopen_task,
    resume_task,
    set_status,
    start_task,
    transfer_task,
    wait_for_external,
)
from workflow_api.tasks.states import State, TransitionNotAllowed
from workflow_api.workflows.selectors import version_of

pytestmark = pytest.mark.django_db


def act(service, task, by, **more):
    at = more.pop("at", after(task))
    return service(task_id=task.task_id, by=as_(by), at=at, **{"notes": "because"} | more)


def history(task):
    return [
        (each.kind, each.to_step or each.from_step)
        for each in TaskEvent.objects.filter(task=task).order_by("id")
    ]


def notices(outbox_of, kind):
    """Return whom a notice of that kind was sent to, with what it is about."""
    sent = outbox_of(BulkCreateNotifications)
    return [(each.subject, each.user_ids) for each in sent if each.notification_type == kind]


def test_leaving_a_fork_opens_every_branch_with_who_has_the_turn():
    task = split(forking())

    assert open_steps(task) == {"Check": BEN, "Order": CAT}
    assert task.state == State.PENDING
    branches = Branch.objects.order_by("transition_id")
    assert [(b.current_step_name, b.state, b.round) for b in branches] == [
        ("Check", "pending", 1),
        ("Order", "pending", 1),
    ]
    assert history(task)[-5:] == [
        ("forked", "Ask"),
        ("step_entered", "Check"),
        ("assigned", "Check"),
        ("step_entered", "Order"),
        ("assigned", "Order"),
    ]
    check(task)


def test_any_transition_of_the_fork_opens_all_of_them():
    made = forking()
    task = received()
    go(task, made, "Ask>Order", ANA)
    assert open_steps(task) == {"Check": BEN, "Order": CAT}


def test_all_must_arrive_before_the_join_is_entered():
    made = forking()
    task = split(made)

    go(task, made, "Order>Hand over", CAT)
    assert fresh(task).current_step_name == "Check"
    assert open_steps(task) == {"Check": BEN}
    check(task)
    go(task, made, "Check>Prove", BEN)
    check(task)
    prover = open_steps(task)["Prove"]
    go(task, made, "Prove>Hand over", prover)

    task = fresh(task)
    assert (task.current_step_name, task.state) == ("Hand over", State.PENDING)
    assert open_steps(task) == {"Hand over": ANA}
    assert {b.state for b in Branch.objects.all()} == {"arrived"}
    entered = TaskEvent.objects.filter(kind="step_entered").last()
    assert [each["user_id"] for each in entered.details["joined"]] == [prover, CAT]
    check(task)
    act(start_task, task, ANA)
    act(decide_task, task, ANA, action=Action.COMPLETE)
    assert fresh(task).state == State.COMPLETED
    check(task)


def test_the_first_to_arrive_cancels_the_others_with_their_assignments(outbox_of):
    made = forking(join="first")
    task = split(made)
    act(start_task, task, BEN)

    go(task, made, "Order>Hand over", CAT)

    assert open_steps(task) == {"Hand over": ANA}
    cancelled = Assignment.objects.get(step_name="Check")
    assert (cancelled.outcome, cancelled.reason) == (
        "cancelled",
        "Hand over has all that it waited for.",
    )
    assert Branch.objects.get(current_step_name="Check").state == "cancelled"
    assert ("branch_cancelled", "Check") in history(task)
    assert AuditRow.objects.filter(action="branch_cancelled").count() == 1
    told = notices(outbox_of, "workflow_step_change")
    assert (f"{task.task_id}: Check is no longer needed", [BEN]) in told
    check(task)


def test_two_of_three():
    made = forking(join=2, third=True)
    task = split(made)
    go(task, made, "Budget>Hand over", ANA)
    assert set(open_steps(task)) == {"Check", "Order"}
    go(task, made, "Order>Hand over", CAT)
    assert set(open_steps(task)) == {"Hand over"}
    states = Branch.objects.order_by("current_step_name").values_list("state", flat=True)
    assert list(states) == ["arrived", "cancelled", "arrived"]
    check(task)


def test_a_rejection_out_of_a_branch_ends_the_parallel_work():
    made = forking()
    task = split(made)
    go(task, made, "Order>Hand over", CAT)

    go(task, made, "Check>Ask:reject", BEN, notes="not like this")

    task = fresh(task)
    assert task.current_step_name == "Ask"
    assert open_steps(task) == {"Ask": ANA}
    assert not Branch.objects.filter(ended_at=None).exists()
    check(task)
    go(task, made, "Ask>Check", ANA)
    assert set(Branch.objects.filter(ended_at=None).values_list("round", flat=True)) == {2}
    go(task, made, "Order>Hand over", CAT)
    assert set(open_steps(task)) == {"Check"}  # who arrived in the first round counts no more
    check(task)


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


def test_waiting_for_another_system_stops_the_branches_as_well():
    made = forking()
    task = split(made)
    act(wait_for_external, task, BEN)
    with pytest.raises(TransitionNotAllowed):
        go(task, made, "Order>Hand over", CAT)
    act(resume_task, task, BEN)
    assert fresh(task).state == State.PENDING
    check(task)


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


def test_the_help_desk_cancels_every_branch(outbox_of):
    task = split(forking())
    frozen = version_of(task.workflow_version_id)
    services.cancel_ticket(task.ticket, task, frozen, at=after(task, hours=1))
    assert open_steps(task) == {}
    assert set(Branch.objects.values_list("state", flat=True)) == {"cancelled"}
    assert fresh(task).state == State.CLOSED
    assert notices(outbox_of, "ticket_status")[-1][1] == [9, BEN, CAT]
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


def test_every_branch_has_its_share_of_the_path_with_the_longest_branch():
    task = split(forking())
    shares = {
        b.current_step_name: (b.step_deadline - b.step_clock_from).total_seconds() / 3600
        for b in Branch.objects.all()
    }
    # 8 hours over Ask 1 + Check 2 + Prove 1 + Hand over 1
    assert shares == pytest.approx({"Check": 8 * 2 / 5, "Order": 8 * 1 / 5})
    assert fresh(task).current_step_name == "Order"  # due first


def test_what_was_joined_is_reopened_at_its_last_step():
    made = forking(join="first")
    task = split(made)
    go(task, made, "Order>Hand over", CAT)
    act(start_task, task, ANA)
    act(decide_task, task, ANA, action=Action.COMPLETE)
    act(reopen_task, task, 9)
    assert open_steps(task) == {"Hand over": ANA}
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
