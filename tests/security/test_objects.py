"""What belongs to somebody else: not there, or forbidden, and never different from not there."""

from typing import Any

import pytest
from conftest import People
from running import System, eventually, new_number
from websockets.exceptions import InvalidStatus

NOT_THEIRS = ("no_role", "other_admin")


@pytest.fixture(scope="module")
def task(system: System) -> dict[str, Any]:
    """A real task that none of the callers has to do with."""
    number = new_number()
    system.publish(number)
    return system.task_of(number)


@pytest.mark.parametrize("kind", NOT_THEIRS)
def test_somebody_elses_task_is_not_there(kind: str, people: People, task: dict[str, Any]) -> None:
    http = people.client(kind)
    real, none = f"/workflow/tasks/{task['task_id']}/", "/workflow/tasks/T-999999999/"
    for act in ("", "start/", "hold/", "claim/", "close/"):
        method = "GET" if not act else "POST"
        body = None if not act else {"version": 1, "notes": "mine now"}
        answers = [http.request(method, path + act, json=body) for path in (real, none)]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].json()["code"] == answers[1].json()["code"]
    assert http.get("/workflow/tasks/").json()["count"] == 0


@pytest.mark.parametrize("kind", NOT_THEIRS)
def test_comments_of_somebody_elses_ticket_are_not_there(
    kind: str, people: People, task: dict[str, Any], system: System
) -> None:
    ticket_id = task["ticket_id"]
    eventually(
        lambda: (
            system.admin.http.get(
                "/messaging/api/comments/", params={"ticket_id": ticket_id}
            ).status_code
            == 200
        )
    )
    http = people.client(kind)
    for found in (ticket_id, 999_999_999):
        assert http.get("/messaging/api/comments/", params={"ticket_id": found}).status_code == 404
        posted = http.post("/messaging/api/comments/", json={"ticket_id": found, "text": "hello"})
        assert posted.status_code == 404
        path = f"ws/comments/{found}/"
        ticket = http.post("/messaging/ws-ticket/", json={"path": path}).json()["ticket"]
        with pytest.raises(InvalidStatus) as refused:
            system.raw_socket(path, ticket=ticket)
        assert refused.value.response.status_code == 403


def test_somebody_elses_alert_cannot_be_marked(
    people: People, system: System, task: dict[str, Any]
) -> None:
    holder = system.sign_in("l1.ana")
    if task["assigned_user"] != holder.user_id:
        given = {"user_id": holder.user_id, "notes": "for the test"}
        system.admin.post(f"/workflow/tasks/{task['task_id']}/assign/", given)
    path = "/notification/api/v2/notifications/inapp/"
    alert = eventually(lambda: holder.get(path)["results"])[0]
    for found in (alert["id"], 999_999_999):
        answer = people.agent.patch(f"{path}{found}/", json={"is_read": True})
        assert answer.status_code == 404


def test_the_admin_of_another_system_changes_nothing_of_tts(people: People, system: System) -> None:
    http = people.other_admin
    roles = system.admin.get("/auth/api/v1/roles/", system="tts", page_size=100)["results"]
    role = next(each for each in roles if each["name"] == "L1 Support")
    me = http.get("/auth/api/v1/users/me/").json()
    path = f"/auth/api/v1/roles/{role['id']}/"
    assert http.patch(path, json={"description": "mine"}).status_code in (403, 404)
    assert http.delete(path).status_code in (403, 404)
    grant = {"user_id": me["id"], "role_id": role["id"], "system": "tts"}
    assert http.post("/auth/api/v1/user-roles/", json=grant).status_code == 403
    assert http.get(f"/auth/api/v1/users/{me['id']}/").status_code == 403


MODEL_FIELDS = {
    "id": 1,
    "pk": 1,
    "username": "admin2",
    "email": "other@example.com",
    "password": "Another-Password-77",
    "is_active": False,
    "is_staff": True,
    "is_superuser": True,
    "version": 999,
    "token_version": 999,
    "date_joined": "2000-01-01T00:00:00Z",
    "last_login": "2000-01-01T00:00:00Z",
    "roles": [{"system": "tts", "role_name": "Admin"}],
    "memberships": [1],
    "permissions": ["users.manage"],
}


@pytest.mark.parametrize("field", MODEL_FIELDS)
def test_nobody_makes_themselves_more_than_they_are(field: str, people: People) -> None:
    path = "/auth/api/v1/users/me/"
    before = people.agent.get(path).json()
    answer = people.agent.patch(path, json={field: MODEL_FIELDS[field]})
    assert answer.status_code in (200, 400, 403), answer.text
    after = people.agent.get(path).json()
    assert after == before
