"""Parallel work over HTTP: what a page of the task shows, what is offered, and the lists."""

import pytest
from splitting import ANA, BEN, CAT, branch_at, check, forking, fresh, go, open_steps, split
from world import received, role

from workflow_api.roles.models import Availability, Member
from workflow_api.tasks.models import Branch

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(api_as):
    names = {ANA: "L1 Support", BEN: "Security", 22: "Security", CAT: "Buying", 1: "Admin"}
    names |= {9: "Ticket Coordinator", 51: "Security"}

    def of(user_id):
        roles = (("tts", names[user_id]),)
        return api_as(user_id=user_id, username=f"user{user_id}", roles=roles)

    return of


def read(client, task):
    answer = client.get(f"/tasks/{task.task_id}/")
    assert answer.status_code == 200
    return answer.json()


def numbers(client, query):
    return [each["task_id"] for each in client.get(f"/tasks/?{query}").json()["results"]]


def test_the_page_shows_the_branches_and_whom_the_join_waits_for(client):
    made = forking()
    Member.objects.filter(role_id=4).update(is_active=False)
    task = split(made)

    body = read(client(9), task)

    shown = [(b["step_name"], b["status"], b["assigned_user_name"]) for b in body["branches"]]
    assert shown == [("Check", "pending", ""), ("Order", "pending", "User 31")]
    join = body["join"]
    assert (join["name"], join["needed"], join["arrived"]) == ("Hand over", 2, 0)
    assert [each["name"] for each in join["waits_for"]] == ["Security", "User 31"]
    assert body["current_step"]["name"] == "Order"

    go(task, made, "Order>Hand over", CAT)
    join = read(client(9), task)["join"]
    assert (join["arrived"], [each["step_name"] for each in join["waits_for"]]) == (1, ["Check"])


def test_after_the_join_the_page_shows_what_became_of_the_branches(client):
    made = forking(join="first")
    task = split(made)
    go(task, made, "Order>Hand over", CAT)
    body = read(client(ANA), task)
    assert body["join"] is None
    assert [each["status"] for each in body["branches"]] == ["cancelled", "arrived"]
    assert all(each["ended_at"] for each in body["branches"])


def test_a_task_that_is_not_split_has_no_branches(client):
    forking()
    body = read(client(ANA), received())
    assert (body["branches"], body["join"]) == ([], None)
    way = next(each for each in body["available_actions"] if each["action"] == "transition")
    assert (way["to_step_name"], way["branch"]) == ("Check, Order", None)
    ways = [each for each in body["available_actions"] if each["action"] == "transition"]
    assert len(ways) == 1


def test_everybody_is_offered_what_their_branch_accepts(client):
    task = split(forking())

    def offered(user_id):
        listed = read(client(user_id), task)["available_actions"]
        return [(each["action"], each["branch"]) for each in listed]

    check_id, order = branch_at(task, "Check").id, branch_at(task, "Order").id
    assert offered(BEN) == [
        ("start", check_id),
        ("transition", check_id),
        ("reject", check_id),
        ("hold", None),
        ("transfer", check_id),
    ]
    assert offered(22) == []
    assert offered(ANA) == []
    # nobody but who has it could take Order over
    assert offered(9) == [("hold", None), ("transfer", check_id), ("assign", check_id)]
    role(5, "Buying", 32)
    assert offered(9)[-2:] == [("transfer", order), ("assign", order)]
    for action, branch in offered(BEN):
        body = {"branch": branch} if branch else {}
        if action in {"start"}:
            answer = client(BEN).post(f"/tasks/{task.task_id}/{action}/", body, format="json")
            assert answer.status_code == 200, answer.json()


def test_an_ambiguous_act_is_400_and_names_the_choices(client):
    task = split(forking())
    url = f"/tasks/{task.task_id}/start/"

    answer = client(1).post(url, {}, format="json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "CHOOSE_BRANCH"
    order = branch_at(task, "Order").id
    assert f"{order} (Order)" in answer.json()["details"]["errors"]["branch"][0]
    assert client(1).post(url, {"branch": order}, format="json").status_code == 200
    gone = client(1).post(url, {"branch": order + 99}, format="json")
    assert (gone.status_code, gone.json()["code"]) == (409, "BRANCH_NOT_OPEN")
    assert client(1).post(url, {"branch": 0}, format="json").status_code == 400
    check(task)


def test_every_act_upon_a_step_takes_a_branch(client):
    made = forking(Check={"escalate_to": role(6, "Chiefs", 61)})
    task = split(made)
    admin, of_check = client(1), {"branch": branch_at(task, "Check").id, "notes": "because"}
    url = f"/tasks/{task.task_id}"
    for action, more in {
        "start": {},
        "transfer": {"user_id": 22},
        "assign": {"user_id": BEN},
        "escalate": {},
        "reject": {},
    }.items():
        answer = admin.post(f"{url}/{action}/", of_check | more, format="json")
        assert answer.status_code == 200, (action, answer.json())
    assert open_steps(task) == {"Ask": ANA}


def test_a_status_is_set_of_one_branch(client):
    task = split(forking())
    url, order = f"/tasks/{task.task_id}/", branch_at(task, "Order").id
    body = {"status": "in_progress", "branch": order}
    assert client(1).patch(url, body, format="json").status_code == 200
    assert branch_at(task, "Order").state == "in_progress"
    assert client(BEN).patch(url, {"status": "in_progress"}, format="json").status_code == 200
    assert client(BEN).patch(url, {"status": "pending"}, format="json").status_code == 200
    assert client(BEN).patch(url, {"status": "completed"}, format="json").status_code == 409
    check(task)


def test_a_task_is_in_the_list_of_everybody_who_has_a_branch(client):
    made = forking()
    task, other = split(made), received()
    for user_id, name in ((BEN, "Security"), (CAT, "Buying")):
        assert numbers(client(user_id), "mine=true") == [task.task_id]
        assert numbers(client(1), f"assigned_user={user_id}") == [task.task_id]
        assert numbers(client(1), f"role={name}") == [task.task_id]
    assert numbers(client(ANA), "mine=true") == [other.task_id]
    assert numbers(client(1), f"assigned_user={BEN}&role=Buying") == []
    assert numbers(client(1), "unassigned=true") == []
    Branch.objects.filter(current_step_name="Check").update(assignee=None)
    assert numbers(client(1), "unassigned=true") == [task.task_id]
    assert numbers(client(1), "") == [other.task_id, task.task_id]
    go(task, made, "Order>Hand over", CAT)
    assert numbers(client(CAT), "mine=true") == []


def test_a_task_that_nobody_holds_names_nobody(client):
    forking()
    Member.objects.filter(role_id=3).update(is_active=False)
    task = received()
    row = client(1).get("/tasks/").json()["results"][0]
    assert (row["assigned_user"], row["assigned_user_name"]) == (None, "")
    assert read(client(1), task)["assigned_user_name"] == ""


def test_who_stands_in_sees_a_branch_of_who_is_away(client):
    made = forking()
    task = split(made)
    person = Member.objects.get(role_id=5, person_id=CAT).person
    role(7, "Stand-ins", 51)
    Availability.objects.create(person=person, absent_from=task.created_at, substitute_id=51)
    assert fresh(task).assignee_id == CAT  # the one due first is shown
    assert read(client(51), task)["task_id"] == task.task_id


def test_one_act_over_many_takes_the_branch_that_fits(client):
    made = forking()
    tasks = [split(made), split(made)]
    body = {"action": "start", "task_ids": [each.task_id for each in tasks]}

    answer = client(CAT).post("/tasks/bulk/", body, format="json").json()
    assert (answer["succeeded"], answer["failed"]) == (2, 0)
    assert set(Branch.objects.filter(current_step_name="Order").values_list("state")) == {
        ("in_progress",)
    }
    body |= {"action": "transfer", "user_id": 22, "notes": "because"}
    refused = client(1).post("/tasks/bulk/", body, format="json").json()
    assert [each["code"] for each in refused["results"]] == ["CHOOSE_BRANCH"] * 2
    for task in tasks:
        check(task)


def test_the_queries_of_a_page_do_not_grow_with_the_branches(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    two, three = split(forking()), split(forking(third=True, kind="VPN"), sub_category="VPN")
    admin = client(1)
    read(admin, two), read(admin, three)
    with django_assert_max_num_queries(30) as counted:
        read(admin, two)
    with django_assert_num_queries(len(counted.captured_queries)):
        read(admin, three)
