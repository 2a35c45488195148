"""The main job: a ticket comes in, the right agent works it, the help desk hears of it."""

import json
from typing import Any

import httpx
from running import (
    TICKET,
    Person,
    System,
    action_named,
    eventually,
    frames_of,
    new_number,
)


def send_by_mock_help_desk(system: System) -> str:
    answer = system.anonymous().post("/hdts/api/tickets/", json=TICKET)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ticket_id"])


def holder_of(system: System, task: dict[str, Any]) -> Person:
    names = system.admin.get(f"/auth/api/v1/users/{task['assigned_user']}/")
    return system.sign_in(names["username"])


def detail(who: Person, task_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = who.get(f"/workflow/tasks/{task_id}/")
    return answer


def test_a_ticket_is_worked_from_the_help_desk_and_back(system: System) -> None:
    number = send_by_mock_help_desk(system)
    task = system.task_of(number)
    assert (task["workflow_name"], task["role"], task["status"]) == (
        "IT Support",
        "L1 Support",
        "pending",
    )
    assert task["sla_deadline"]
    assert task["step_deadline"]

    agent = holder_of(system, task)
    mine = agent.get("/workflow/tasks/", mine="true", search=number)["results"]
    assert [each["task_id"] for each in mine] == [task["task_id"]]
    eventually(
        lambda: [
            each
            for each in agent.get("/notification/api/v2/notifications/inapp/", page_size=100)[
                "results"
            ]
            if each["related_task_id"] == task["task_id"]
        ],
        what="the in-app notification",
    )

    seen = detail(agent, task["task_id"])
    start = agent.post(
        f"/workflow/tasks/{task['task_id']}/start/", {"version": seen["version"], "notes": ""}
    )
    assert start["status"] == "in_progress"
    work_to_the_end(system, task["task_id"])
    assert detail(system.admin, task["task_id"])["status"] == "completed"

    def help_desk_heard() -> bool:
        ticket = system.anonymous().get(f"/hdts/api/tickets/{number}/").json()
        return bool(ticket["status"] == "resolved" and ticket["status_history"])

    eventually(help_desk_heard, what="the help desk hears `resolved`")


def work_to_the_end(system: System, task_id: str) -> None:
    """Let each holder take the forward way until the task is done."""
    for _ in range(8):
        task = detail(system.admin, task_id)
        if task["status"] == "completed":
            return
        agent = holder_of(system, {"assigned_user": task["assigned_user"]["user_id"]})
        task = detail(agent, task_id)
        if task["status"] == "pending":
            agent.post(f"/workflow/tasks/{task_id}/start/", {"version": task["version"]})
            task = detail(agent, task_id)
        forward = action_named(task, "transition", "complete", "approve")
        body = {
            "transition_id": forward["transition_id"],
            "notes": "done",
            "version": task["version"],
        }
        agent.post(f"/workflow/tasks/{task_id}/{forward['action']}/", body)
    raise AssertionError("the task did not end in eight steps")


def test_a_stock_celery_producer_is_all_a_help_desk_needs(system: System) -> None:
    number = new_number()
    system.publish(number)
    assert system.task_of(number)["external_ticket_id"] == number


def test_the_same_ticket_ten_times_is_one_task(system: System) -> None:
    number = new_number()
    for _ in range(10):
        system.publish(number)
    system.task_of(number)

    def ledger() -> list[str]:
        answer = system.admin.get("/workflow/ingest/", search=number, page_size=100)
        return sorted(each["outcome"] for each in answer["results"])

    eventually(lambda: ledger() == ["done"] + ["duplicate"] * 9, what="the ledger shows all ten")
    assert system.admin.get("/workflow/tasks/", search=number)["count"] == 1


def test_a_ticket_that_fits_no_workflow_waits_and_runs_when_one_is_chosen(system: System) -> None:
    number = new_number()
    system.publish(number, category="Gardening", sub_category="Roses")

    def unmatched() -> list[dict[str, Any]]:
        rows = system.admin.get("/workflow/tickets/unmatched/", page_size=100)["results"]
        return [each for each in rows if each["external_ticket_id"] == number]

    ticket = eventually(unmatched, what="the ticket is listed as unmatched")[0]
    # by its whole name: other tests make workflows that a search finds as well
    found = system.admin.get("/workflow/workflows/", search="IT Support", page_size=100)["results"]
    ids = {each["name"]: each["workflow_id"] for each in found}
    system.admin.post(
        f"/workflow/tickets/{ticket['ticket_id']}/assign-workflow/",
        {"workflow_id": ids["IT Support"]},
        expect=201,
    )
    assert system.task_of(number)["workflow_name"] == "IT Support"


def test_two_people_talk_live_and_a_cut_off_one_misses_nothing(system: System) -> None:
    number = new_number()
    system.publish(number)
    task = system.task_of(number)
    path = f"ws/comments/{task['ticket_id']}/"
    eventually(lambda: can_listen(system, task["ticket_id"]), what="messaging knows the ticket")
    writer = system.sign_in("l2.dee")
    with system.socket(system.admin, path) as socket:
        hello = frames_of(socket, until="connection_established")[-1]
        say(writer, task["ticket_id"], "Looking at the switch.")
        update = frames_of(socket, until="comment_update")[-1]
        assert update["comment"]["text"] == "Looking at the switch."
        assert update["seq"] > hello["last_seq"]
    say(writer, task["ticket_id"], "Replaced it.")
    with system.socket(system.admin, path) as socket:
        socket.send(json.dumps({"type": "resume", "seq": update["seq"]}))
        missed = frames_of(socket, until="comment_update")[-1]
        assert missed["comment"]["text"] == "Replaced it."


def can_listen(system: System, ticket_id: int) -> bool:
    about = {"ticket_id": ticket_id}
    return system.admin.http.get("/messaging/api/comments/", params=about).is_success


def say(who: Person, ticket_id: int, text: str) -> None:
    who.post("/messaging/api/comments/", {"ticket_id": ticket_id, "text": text}, expect=201)


def test_the_assignment_is_mailed(system: System) -> None:
    number = new_number()
    system.publish(number)
    task = system.task_of(number)
    address = system.admin.get(f"/auth/api/v1/users/{task['assigned_user']}/")["email"]

    def mailed() -> bool:
        mails = httpx.get(f"{system.status['mail']['api']}/email", timeout=10).json()
        return any(
            task["task_id"] in mail["subject"] + mail.get("text", "")
            and address in {to["address"] for to in mail["to"]}
            for mail in mails
        )

    eventually(mailed, what="the mail to the agent")
