"""A step forks into branches that are worked side by side and joined."""

import pytest
from splitting import (
    ANA,
    BEN,
    CAT,
    act,
    after,
    check,
    forking,
    fresh,
    go,
    history,
    notices,
    open_steps,
    split,
)
from world import received

from workflow_api.audit.models import AuditRow
from workflow_api.tasks import services
from workflow_api.tasks.models import Assignment, Branch, TaskEvent
from workflow_api.tasks.routing import Action
from workflow_api.tasks.services import decide_task, reopen_task, start_task
from workflow_api.tasks.states import State
from workflow_api.workflows.selectors import version_of

pytestmark = pytest.mark.django_db


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


def test_the_help_desk_cancels_every_branch(outbox_of):
    task = split(forking())
    frozen = version_of(task.workflow_version_id)
    services.cancel_ticket(task.ticket, task, frozen, at=after(task, hours=1))
    assert open_steps(task) == {}
    assert set(Branch.objects.values_list("state", flat=True)) == {"cancelled"}
    assert fresh(task).state == State.CLOSED
    assert notices(outbox_of, "ticket_status")[-1][1] == [9, BEN, CAT]
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
