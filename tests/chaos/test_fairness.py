"""500 tickets over four agents, four worker processes: 125 each, once, however delivered."""

import random
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from running import System, eventually

TICKETS = 500
WORKERS = 4
SEED = 20261124


@dataclass(frozen=True)
class Team:
    """A role of its own with four members, and a workflow that gives it all its tickets."""

    category: str
    user_ids: tuple[int, ...]
    emails: tuple[str, ...]


@pytest.fixture
def team(system: System) -> Team:
    tag = uuid.uuid4().hex[:8]
    admin = system.admin
    role = admin.post("/auth/api/v1/roles/", {"system": "tts", "name": f"Team {tag}"}, expect=201)
    people = [make_member(system, f"{tag}-{number}", role["id"]) for number in range(4)]
    eventually(lambda: members(system, role["id"]) == 4, what="the members are replicated")
    category = f"Fair {tag}"
    workflow = admin.post(
        "/workflow/workflows/",
        {"name": category, "category": category, "sub_category": ""},
        expect=201,
    )
    path = f"/workflow/workflows/{workflow['workflow_id']}"
    node = {
        "step_id": "temp-1",
        "name": "Work",
        "role": f"Team {tag}",
        "weight": 1,
        "is_start": True,
        "is_end": True,
    }
    saved = admin.http.put(f"{path}/graph/", json={"nodes": [node], "edges": [], "version": 1})
    assert saved.status_code == 200, saved.text
    admin.post(f"{path}/deploy/")
    return Team(category, tuple(p["id"] for p in people), tuple(p["email"] for p in people))


def make_member(system: System, name: str, role_id: int) -> dict[str, Any]:
    body = {"username": f"fair-{name}", "email": f"fair-{name}@example.com"}
    person: dict[str, Any] = system.admin.post("/auth/api/v1/users/", body, expect=201)
    membership = {"user_id": person["id"], "role_id": role_id, "system": "tts"}
    system.admin.post("/auth/api/v1/user-roles/", membership, expect=201)
    return person


def members(system: System, role_id: int) -> int:
    sql = "SELECT count(*) FROM roles_member WHERE role_id = %s AND is_active"
    return int(system.rows("workflow", sql, role_id)[0][0])


def held(system: System, team: Team) -> dict[int, int]:
    """Return how many assignments each member of the team has had."""
    sql = "SELECT person_id, count(*) FROM tasks_assignment WHERE person_id = ANY(%s) GROUP BY 1"
    return dict(system.rows("workflow", sql, list(team.user_ids)))


def workers(system: System) -> list[str]:
    """Return the names of the workflow's worker processes that run."""
    return [
        name
        for name, each in system.now()["processes"].items()
        if name.startswith("workflow-worker") and each["state"] == "running"
    ]


def test_each_of_four_agents_gets_an_exact_quarter_once(system: System, team: Team) -> None:
    assert len(workers(system)) >= WORKERS
    dice = random.Random(SEED)
    tag = uuid.uuid4().hex[:8]
    first = [(f"FAIR-{tag}-{n}", str(uuid.uuid4())) for n in range(TICKETS)]
    again = [each for each in first for _ in range(9)]
    dice.shuffle(again)
    for number, message_id in [*first, *again]:
        system.publish(number, message_id=message_id, category=team.category)

    deliveries = "SELECT coalesce(sum(deliveries), 0) FROM inbox_inboxmessage WHERE subject LIKE %s"
    like = f"FAIR-{tag}-%"
    eventually(
        lambda: system.rows("workflow", deliveries, like)[0][0] == TICKETS * 10,
        within_s=400,
        what="every delivery is taken",
    )
    assert sorted(held(system, team).values()) == [TICKETS // 4] * 4
    tasks = "SELECT count(*) FROM tasks_task k JOIN tasks_ticket t ON t.id = k.ticket_id WHERE "
    assert system.rows("workflow", tasks + "t.external_id LIKE %s", like)[0][0] == TICKETS

    alerts = (
        "SELECT count(*) FROM alerts_inappnotification"
        " WHERE user_id = ANY(%s) AND notification_type = 'task_assignment'"
    )
    mails = "SELECT count(*) FROM email_email WHERE recipient = ANY(%s) AND state = 'sent'"
    eventually(
        lambda: system.rows("notification", mails, list(team.emails))[0][0] >= TICKETS,
        within_s=400,
        what="every mail is sent",
    )
    assert system.rows("notification", mails, list(team.emails))[0][0] == TICKETS
    assert system.rows("notification", alerts, list(team.user_ids))[0][0] == TICKETS
