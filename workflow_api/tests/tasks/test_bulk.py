"""One act over many tasks, what failed said one by one."""

import pytest
from rest_framework.test import APIClient
from world import received

from servicekit.testing.races import race
from servicekit.testing.tokens import make_token
from workflow_api.tasks.models import Task, TaskEvent


def post(client, action, tasks, **more):
    ids = [each if isinstance(each, str) else each.task_id for each in tasks]
    return client.post("/tasks/bulk/", {"action": action, "task_ids": ids, **more})


@pytest.mark.django_db
def test_what_can_be_done_is_done_and_the_rest_is_named(support, ana):
    mine, bens, again = received(), received(), received()
    ana.post(f"/tasks/{again.task_id}/start/")

    answer = post(ana, "start", [mine, bens, again, "T-999999"])

    assert answer.status_code == 200
    body = answer.json()
    assert (body["succeeded"], body["failed"]) == (1, 3)
    assert body["message"] == "Done with 1 of 4 tasks."
    assert [(each["task_id"], each["ok"], each["code"]) for each in body["results"]] == [
        (mine.task_id, True, None),
        (bens.task_id, False, "NOT_YOUR_TASK"),
        (again.task_id, False, "TRANSITION_NOT_ALLOWED"),
        ("T-999999", False, "RESOURCE_NOT_FOUND"),
    ]
    assert body["results"][0]["status"] == "in_progress"
    assert body["results"][0]["version"] == 2


@pytest.mark.django_db
def test_a_task_that_has_changed_meanwhile_is_left_alone(support, ana):
    first, _, second = received(), received(), received()
    versions = {first.task_id: 1, second.task_id: 9}

    body = post(ana, "hold", [first, second], versions=versions, notes="lunch").json()

    assert [each["code"] for each in body["results"]] == [None, "STALE_VERSION"]
    assert set(Task.objects.values_list("number", "state")) >= {
        (first.number, "on_hold"),
        (second.number, "pending"),
    }


@pytest.mark.django_db
def test_many_tasks_are_handed_to_one_person(support, coordinator):
    tasks = [received() for _ in range(3)]

    body = post(coordinator, "assign", tasks, user_id=12).json()

    assert body["succeeded"] >= 2  # one of them is theirs already
    assert set(Task.objects.values_list("assignee_id", flat=True)) == {12}


@pytest.mark.django_db
def test_several_tasks_leave_their_step_over_the_same_transition(support, ana):
    first, bens, second = received(), received(), received()
    ways = ana.get(f"/tasks/{first.task_id}/").json()["available_actions"]
    way = next(each["transition_id"] for each in ways if each["action"] == "transition")

    body = post(ana, "transition", [first, bens, second], transition_id=way).json()

    assert [each["code"] for each in body["results"]] == [None, "NOT_YOUR_TASK", None]
    steps = {each.task_id: each.current_step_name for each in Task.objects.all()}
    assert steps[first.task_id] == steps[second.task_id] != steps[bens.task_id]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "delete", "task_ids": ["T-1"]}, "action"),
        ({"action": "start", "task_ids": []}, "task_ids"),
        ({"action": "start", "task_ids": ["T-1", "T-1"]}, "task_ids"),
        ({"action": "start", "task_ids": [f"T-{n}" for n in range(1, 102)]}, "task_ids"),
        ({"action": "transfer", "task_ids": ["T-1"], "notes": "x"}, "user_id"),
        ({"action": "transition", "task_ids": ["T-1"]}, "transition_id"),
        ({"action": "start", "task_ids": ["T-1"], "versions": {"T-1": "x"}}, "versions.T-1"),
    ],
)
def test_a_bad_request_does_nothing_and_names_the_field(support, ana, body, field):
    answer = ana.post("/tasks/bulk/", body)

    assert answer.status_code == 400
    assert field in answer.json()["details"]["errors"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_tasks_each_task_has_one_winner(support):
    tasks = [received() for _ in range(6)]
    mine = [each for each in tasks if each.assignee_id == 11]
    assert len(mine) == 3

    def hold():
        client = APIClient(raise_request_exception=False)
        token = make_token(user_id=11, username="user11", roles=(("tts", "L1 Support"),))
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return post(client, "hold", mine, notes="both of us").json()

    bodies = race(hold, hold)

    assert sum(body["succeeded"] for body in bodies) == 3
    assert TaskEvent.objects.filter(to_state="on_hold").count() == 3


@pytest.mark.django_db
def test_the_same_key_does_it_once_and_answers_the_same(support, ana):
    task = received()
    body = {"action": "start", "task_ids": [task.task_id]}

    answers = [ana.post("/tasks/bulk/", body, HTTP_IDEMPOTENCY_KEY="once") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["succeeded"] == 1
    other = ana.post("/tasks/bulk/", body | {"notes": "x"}, HTTP_IDEMPOTENCY_KEY="once")
    assert other.status_code == 422
