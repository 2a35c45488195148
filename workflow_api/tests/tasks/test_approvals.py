"""Approvals: several people, separation of duties, who stands in."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from rest_framework.test import APIClient
from world import received, role, workflow

from servicekit.testing.races import race
from servicekit.testing.tokens import make_token
from workflow_api.roles.models import Availability, Member
from workflow_api.tasks import places
from workflow_api.tasks.models import Approval, Task, TaskEvent

pytestmark = pytest.mark.django_db(transaction=True)


def client(user_id, *names):
    made = APIClient(raise_request_exception=False)
    roles = tuple(("tts", name) for name in names)
    token = make_token(user_id=user_id, username=f"user{user_id}", roles=roles)
    made.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return made


def budget(**values):
    """Ask (Agents) → Decide (Approvers 21–24) → Pay (Agents), or back."""
    role(2, "Ticket Coordinator", 9)
    agents = role(3, "Agent", 11)
    approvers = role(4, "Approver", 21, 22, 23, 24)
    decide = {"name": "Decide", "role": approvers, "requires_approval": True} | values
    return workflow(
        [{"name": "Ask", "role": agents}, decide, {"name": "Pay", "role": agents, "is_end": True}],
        [("Ask", "Decide", "forward"), ("Decide", "Pay", "approve"), ("Decide", "Ask", "reject")],
    )


def at_decide(definition, by=11, **ticket):
    task = received(**ticket)
    way = definition.ways["Ask>Decide"]
    answer = client(by, "Agent").post(f"/tasks/{task.task_id}/transition/", {"transition_id": way})
    assert answer.status_code == 200
    return Task.objects.get(pk=task.pk)


def decide(task, user_id, action="approve", *, roles=("Approver",), **body):
    return client(user_id, *roles).post(f"/tasks/{task.task_id}/{action}/", body)


def test_two_of_four_different_people_must_approve():
    task = at_decide(budget(approvals_needed=2))

    first = decide(task, 24).json()
    assert first["current_step"]["name"] == "Decide"
    assert first["current_step"]["approvals_needed"] == 2
    assert [each["user_id"] for each in first["approvals"]] == [24]
    again = decide(task, 24)
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_APPROVED")

    second = decide(task, 22).json()
    assert second["current_step"]["name"] == "Pay"
    assert second["approvals"] == []


def test_the_first_rejection_rejects_and_what_was_approved_counts_no_longer():
    definition = budget(approvals_needed=2)
    task = at_decide(definition)
    decide(task, 21)

    answer = decide(task, 22, "reject", notes="too dear")

    assert answer.json()["current_step"]["name"] == "Ask"
    body = {"transition_id": definition.ways["Ask>Decide"]}
    client(11, "Agent").post(f"/tasks/{task.task_id}/transition/", body)
    assert decide(task, 22).json()["current_step"]["name"] == "Decide"
    assert decide(task, 21).json()["current_step"]["name"] == "Pay"


def test_only_members_of_the_role_count():
    task = at_decide(budget(approvals_needed=2))

    for user_id, held in ((11, "Agent"), (1, "Admin")):
        answer = decide(task, user_id, roles=(held,))
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_AN_APPROVER")
    assert Approval.objects.count() == 0


def test_who_has_lost_the_role_decides_nothing_any_more_although_they_hold_the_step():
    task = at_decide(budget())
    assert task.assignee_id == 21
    role(3, "Agent", 21)
    Member.objects.filter(person=21, role__name="Approver").update(is_active=False)

    for action in ("approve", "reject"):
        answer = decide(task, 21, action, roles=("Agent",), notes="no")
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_AN_APPROVER")
    offered = client(21, "Agent").get(f"/tasks/{task.task_id}/").json()["available_actions"]
    assert not {"approve", "reject"} & {each["action"] for each in offered}


def test_members_are_offered_the_decision_and_others_are_not():
    task = at_decide(budget(approvals_needed=2))

    def offered(user_id, held):
        body = client(user_id, held).get(f"/tasks/{task.task_id}/").json()
        return {each["action"] for each in body["available_actions"]}

    assert {"approve", "reject"} <= offered(23, "Approver")
    assert not {"approve", "reject"} & offered(11, "Agent")


def test_of_four_simultaneous_approvals_two_are_counted():
    task = at_decide(budget(approvals_needed=2))

    statuses = race(*[lambda n=n: decide(task, n).status_code for n in (21, 22, 23, 24)])

    assert sorted(statuses) == [200, 200, 409, 409]
    assert TaskEvent.objects.filter(kind="approval_given").count() == 2
    assert Task.objects.get().current_step_name == "Pay"


def test_who_approves_twice_at_once_does_not_approve_the_next_step_unseen(monkeypatch):
    role(2, "Ticket Coordinator", 9)
    leads = role(4, "Approver", 21)
    names = ("Team", "Budget", "Board")
    steps = [{"name": name, "role": leads, "requires_approval": True} for name in names]
    workflow(steps, [*[(a, b, "approve") for a, b in pairwise(names)], ("Board", None, "approve")])
    task = received()
    find = places.steps_of

    def find_while_the_first_click_is_worked(task_id):
        found = find(task_id)
        monkeypatch.setattr(places, "steps_of", find)
        assert race(lambda: decide(task, 21).status_code) == [200]
        return found

    monkeypatch.setattr(places, "steps_of", find_while_the_first_click_is_worked)
    second = decide(task, 21)

    assert (second.status_code, second.json()["code"]) == (409, "STALE_VERSION")
    assert Task.objects.get().current_step_name == "Budget"
    assert decide(task, 21).json()["current_step"]["name"] == "Board"


def test_who_asked_cannot_approve_where_the_step_says_so():
    task = at_decide(budget(requester_may_approve=False), requester_email="User21@Example.com")
    assert task.assignee_id == 21

    answer = decide(task, 21)

    assert (answer.status_code, answer.json()["code"]) == (403, "SEPARATION_OF_DUTIES")
    assert decide(task, 21, "reject", notes="not mine to say").status_code == 200


def test_who_did_the_step_before_cannot_approve_where_the_step_says_so():
    definition = budget(previous_may_approve=False)
    role(3, "Agent", 21)
    task = at_decide(definition)
    TaskEvent.objects.filter(task=task, kind="step_entered").update(user_id=21)

    assert decide(task, 21).json()["code"] == "SEPARATION_OF_DUTIES"
    TaskEvent.objects.filter(task=task, kind="step_entered").update(user_id=11)
    assert decide(task, 21).status_code == 200


def test_who_stands_in_approves_for_the_absent_and_only_while_they_are():
    task = at_decide(budget())
    assert task.assignee_id == 21
    role(5, "Deputy", 31)
    assert decide(task, 31, roles=("Deputy",)).status_code == 404

    away = Availability.objects.create(
        person_id=21, absent_from=datetime(2020, 1, 1, tzinfo=UTC), substitute_id=31
    )
    away.absent_until = datetime(2020, 2, 1, tzinfo=UTC)
    away.save()
    assert decide(task, 31, roles=("Deputy",)).status_code == 404
    away.absent_until = None
    away.save()
    offered = client(31, "Deputy").get(f"/tasks/{task.task_id}/").json()["available_actions"]
    assert {"approve", "reject"} == {each["action"] for each in offered}

    assert decide(task, 31, roles=("Deputy",)).json()["current_step"]["name"] == "Pay"
    shown = client(31, "Deputy").get(f"/tasks/{task.task_id}/").json()["assignments"]
    assert [(each["user_id"], each["outcome"], each["weight"]) for each in shown[1:3]] == [
        (21, "approved", 1.0),
        (31, "approved", 0.0),
    ]
