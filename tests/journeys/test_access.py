"""Who sees what, through the gateway: nothing without a role, no socket without its ticket."""

import uuid
from typing import Any

import pytest
from running import Person, System, eventually, new_number
from websockets.exceptions import InvalidStatus


@pytest.fixture(scope="module")
def stranger(system: System) -> Person:
    """A person without any role."""
    name = f"stranger-{uuid.uuid4().hex[:8]}"
    body = {
        "username": name,
        "email": f"{name}@example.com",
        "password": system.status["password"],
    }
    system.admin.post("/auth/api/v1/users/", body, expect=201)
    return system.sign_in(name)


def a_ticket(system: System) -> dict[str, Any]:
    number = new_number()
    system.publish(number)
    task = system.task_of(number)
    about = {"ticket_id": task["ticket_id"]}
    eventually(
        lambda: system.admin.http.get("/messaging/api/comments/", params=about).status_code == 200,
        what="messaging knows the ticket",
    )
    return task


def test_a_token_without_roles_reads_no_task(system: System, stranger: Person) -> None:
    task = a_ticket(system)
    answer = stranger.http.get("/workflow/tasks/")
    assert answer.status_code == 403 or answer.json()["count"] == 0
    assert stranger.http.get(f"/workflow/tasks/{task['task_id']}/").status_code in (403, 404)
    comments = stranger.http.get(
        "/messaging/api/comments/", params={"ticket_id": task["ticket_id"]}
    )
    assert comments.status_code in (403, 404)


def refused(system: System, path: str, **kwargs: str) -> int:
    with pytest.raises(InvalidStatus) as handshake:
        system.raw_socket(path, **kwargs)
    return int(handshake.value.response.status_code)


def from_page(system: System, name: str, *, path: str) -> dict[str, str]:
    """A ticket asked for by a page at another name of this machine, and that page's Origin."""
    origin = system.gateway.replace("//127.0.0.1:", name)
    headers = {"Origin": origin}
    made = system.admin.post("/messaging/ws-ticket/", {"path": path}, expect=201, headers=headers)
    return {"ticket": made["ticket"], "origin": origin}


def test_a_socket_opens_only_with_its_own_fresh_ticket(system: System, stranger: Person) -> None:
    task = a_ticket(system)
    path = f"ws/comments/{task['ticket_id']}/"
    other = f"ws/tickets/{task['ticket_id']}/"
    assert refused(system, path) == 403
    assert refused(system, path, ticket="invented") == 403
    made = system.admin.post("/messaging/ws-ticket/", {"path": path}, expect=201)["ticket"]
    with system.raw_socket(path, ticket=made):
        pass
    assert refused(system, path, ticket=made) == 403
    with system.raw_socket(path, **from_page(system, "//localhost:", path=path)):
        pass
    made = system.admin.post("/messaging/ws-ticket/", {"path": path}, expect=201)["ticket"]
    assert refused(system, other, ticket=made) == 403
    made = system.admin.post("/messaging/ws-ticket/", {"path": path}, expect=201)["ticket"]
    assert refused(system, path, ticket=made, origin="https://evil.example") == 403
    foreign = stranger.post("/messaging/ws-ticket/", {"path": path}, expect=201)["ticket"]
    assert refused(system, path, ticket=foreign) == 403


@pytest.mark.parametrize("prefix", ["auth", "workflow", "messaging", "notification", "hdts"])
def test_metrics_do_not_leave_the_house(system: System, prefix: str) -> None:
    http = system.anonymous()
    assert http.get(f"/{prefix}/metrics").status_code == 404
    assert http.get(f"/{prefix}/health/").json()["status"] == "ok"
    assert b"openapi: 3" in http.get(f"/{prefix}/schema/").content
    assert http.get(f"/{prefix}/docs/").status_code == 200


@pytest.mark.parametrize("prefix", ["auth", "workflow", "messaging", "notification", "hdts"])
def test_an_admin_signs_in_to_each_admin_with_the_auth_account(system: System, prefix: str) -> None:
    http = system.anonymous()
    http.headers["Referer"] = f"{system.gateway}/{prefix}/admin/login/"
    page = http.get(f"/{prefix}/admin/login/")
    assert page.status_code == 200
    token = next(value for name, value in http.cookies.items() if name.endswith("_csrf"))
    form = {
        "username": "admin",
        "password": system.status["password"],
        "csrfmiddlewaretoken": token,
    }
    wrong = form | {"password": "wrong-Passw0rd!"}
    assert http.post(f"/{prefix}/admin/login/", data=wrong).status_code == 200
    answer = http.post(f"/{prefix}/admin/login/?next=/{prefix}/admin/", data=form)
    assert answer.status_code == 302, answer.text[:500]
    assert answer.headers["Location"] == f"/{prefix}/admin/"
    assert http.get(f"/{prefix}/admin/").status_code == 200
