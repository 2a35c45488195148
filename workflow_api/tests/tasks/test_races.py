"""Exactly one of several people who act at the same instant succeeds."""

from collections import Counter

import pytest
from rest_framework.test import APIClient
from world import received

from servicekit.testing.races import race
from servicekit.testing.tokens import make_token
from workflow_api.tasks import places
from workflow_api.tasks.models import Assignment, Task, TaskEvent

pytestmark = pytest.mark.django_db(transaction=True)


def post(caller, task, action, /, **body):
    """Return a call that posts from a client of its own."""
    token = make_token(user_id=caller, username=f"user{caller}", roles=(("tts", "L1 Support"),))

    def call():
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return client.post(f"/tasks/{task.task_id}/{action}/", body, format="json")

    return call


def test_one_of_fifty_simultaneous_transitions_wins(task, support):
    body = {"transition_id": support.ways["Triage>Analysis"], "version": 1}

    answers = race(*[post(11, task, "transition", **body)] * 50)

    assert Counter(each.status_code for each in answers) == {200: 1, 409: 49}
    assert Assignment.objects.count() == 2
    assert TaskEvent.objects.filter(kind="step_entered").count() == 1


def test_without_a_version_the_state_alone_lets_one_through(task, support):
    body = {"transition_id": support.ways["Triage>Analysis"]}

    answers = race(*[post(11, task, "transition", **body)] * 8)

    assert Counter(each.status_code for each in answers) == {200: 1, 409: 7}


@pytest.mark.parametrize(
    ("action", "body"),
    [("transfer", {"user_id": 12, "notes": "yours"}), ("escalate", {"notes": "too hard"})],
)
def test_who_hands_it_over_eight_times_at_once_is_let_through_once(task, support, action, body):
    answers = race(*[post(11, task, action, **body)] * 8)

    assert Counter(each.status_code for each in answers) == {200: 1, 409: 7}
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize("first", ["start", "hold", "transition", "transfer", "escalate"])
@pytest.mark.parametrize("second", ["start", "hold", "transition", "transfer", "escalate"])
def test_of_two_acts_on_one_version_one_wins(task, support, first, second):
    bodies = {
        "start": {},
        "hold": {"notes": "lunch"},
        "transition": {"transition_id": support.ways["Triage>Analysis"]},
        "transfer": {"user_id": 12, "notes": "yours"},
        "escalate": {"notes": "too hard"},
    }

    answers = race(
        post(11, task, first, version=1, **bodies[first]),
        post(11, task, second, version=1, **bodies[second]),
    )

    assert sorted(each.status_code for each in answers) == [200, 409]
    assert Task.objects.get().version == 2
    assert Assignment.objects.filter(closed_at=None).count() == 1


def test_two_people_claim_one_free_task(task, support):
    Assignment.objects.update(closed_at=task.created_at, outcome="transferred")
    Task.objects.update(assignee=None)

    answers = race(post(11, task, "claim"), post(12, task, "claim"))

    assert sorted(each.status_code for each in answers) == [200, 409]
    assert Assignment.objects.filter(closed_at=None).count() == 1


def test_tasks_of_one_role_are_worked_side_by_side_without_deadlock(support):
    tasks = [received() for _ in range(8)]
    body = {"transition_id": support.ways["Triage>Analysis"]}

    answers = race(*[post(task.assignee_id, task, "transition", **body) for task in tasks])

    assert [each.status_code for each in answers] == [200] * 8


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("transition", {}),
        ("transfer", {"user_id": 12, "notes": "yours"}),
        ("escalate", {"notes": "too hard"}),
        ("start", {}),
    ],
)
def test_who_comes_when_the_step_has_just_been_left_is_told_so(
    task, support, monkeypatch, action, body
):
    """Without a version: they found the step, and somebody left it before the task was locked."""
    way = {"transition_id": support.ways["Triage>Analysis"]}
    find = places.steps_of

    def find_and_be_overtaken(task_id):
        found = find(task_id)
        monkeypatch.setattr(places, "steps_of", find)
        [first] = race(post(11, task, "transition", **way))
        assert first.status_code == 200
        return found

    monkeypatch.setattr(places, "steps_of", find_and_be_overtaken)
    late = post(11, task, action, **body | (way if action == "transition" else {}))()

    assert (late.status_code, late.json()["code"]) == (409, "STALE_VERSION")
    assert Assignment.objects.count() == 2
