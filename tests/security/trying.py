"""Somebody signed in who tries things out, at the services' own ports and at the gateway."""

import json
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
from conftest import People
from hostile import faults_of
from matrix import PREFIXES
from operations import Operation
from running import TICKET, System, eventually, new_number

AT_ONCE = 6


@dataclass(frozen=True)
class Try:
    """One request."""

    operation: Operation
    what: str
    path: str
    content: bytes | None = None
    headers: dict[str, str] | None = None
    params: dict[str, str] | None = None
    at_gateway: bool = False

    def __str__(self) -> str:
        body = (self.content or b"")[:300]
        where = f"{self.operation.service} {self.operation.method.upper()} {self.path}"
        return f"{where} {self.params or ''} {self.what}: {body!r}"


class Caller:
    """One person; signs in again when the token is over."""

    def __init__(self, people: People, *roles: tuple[str, str]) -> None:
        self._people = people
        self.user_id, self._http = people.made(*roles)
        self._name = self._http.get("/auth/api/v1/users/me/").json()["username"]
        unkept = httpx.Limits(max_keepalive_connections=0)  # none that the server may just close
        self._direct = httpx.Client(timeout=60, trust_env=False, limits=unkept)
        self._chance = random.Random(1)

    def close(self) -> None:
        """Close the connections."""
        self._direct.close()

    @property
    def bearer(self) -> str:
        """The Authorization header."""
        return self._http.headers["Authorization"]

    def ask(self, one: Try) -> httpx.Response:
        """Send a request, once more with a fresh token when the old one is over."""
        answer = self._sent(one)
        if answer.status_code == 401 and b"TOKEN_EXPIRED" in answer.content:
            self._http = self._people.signed_in(self._name)
            answer = self._sent(one)
        return answer

    def _sent(self, one: Try) -> httpx.Response:
        # A forwarded address of its own each time: what is counted by address is not the subject.
        address = f"198.18.{self._chance.randrange(256)}.{self._chance.randrange(256)}"
        headers = {"Authorization": self.bearer, "X-Forwarded-For": address}
        return self._direct.request(
            one.operation.method,
            self._base(one) + one.path,
            content=one.content,
            params=one.params,
            headers=headers | (one.headers or {}),
        )

    def _base(self, one: Try) -> str:
        system, service = self._people.system, one.operation.service
        if one.at_gateway:
            return system.gateway + PREFIXES[service]
        return str(system.status["services"][service.split("_")[0]])


def faults(caller: Caller, tries: Iterable[Try]) -> list[str]:
    """Everything that was wrong with the answers; several requests travel at once."""

    def look(one: Try) -> list[str]:
        try:
            answer = caller.ask(one)
        except httpx.HTTPError as broken:
            return [f"{broken!r} ← {one}"]
        wrong = faults_of(answer, is_foreign=one.operation.is_foreign)
        return [f"{each} ← {one}\n    {answer.text[:300]}" for each in wrong]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [fault for found in pool.map(look, tries) for fault in found]


def things(system: System, people: People) -> dict[str, Any]:
    """Make one of everything that is tried on, by the names that ids have in paths and bodies."""
    number, tag = new_number(), new_number()[-12:]
    system.publish(number, title="To be tried on")
    admin = system.admin
    user_id, _ = people.made()
    role = {"system": "tts", "name": f"Tried {tag}", "permissions": ["tasks.view"]}
    role_id = admin.post("/auth/api/v1/roles/", role, expect=201)["id"]
    grant = {"user_id": user_id, "role_id": role_id, "system": "tts"}
    held = admin.post("/auth/api/v1/user-roles/", grant, expect=201)
    workflow = {"name": f"Tried {tag}", "category": f"Tried {tag}"}
    made = admin.post("/workflow/workflows/", workflow, expect=201)
    task = system.task_of(number)
    comment = {"ticket_id": task["ticket_id"], "text": "To be tried on"}

    def written() -> Any:
        answer = admin.http.post("/messaging/api/comments/", json=comment)
        return answer.json()["id"] if answer.status_code == 201 else None

    comment_id = eventually(written, what="messaging knows of the ticket")
    return {
        "user_id": user_id,
        "role_id": role_id,
        "assignment_id": held["assignment_id"],
        "workflow_id": made["workflow_id"],
        "task_id": task["task_id"],
        "ticket_id": task["ticket_id"],
        "comment_id": comment_id,
        "parent_id": comment_id,
        "notification_type": "ticket_status",
        "category": TICKET["category"],
        "number": 1,
    }


def encoded(body: object) -> bytes:
    """JSON that also carries what UTF-8 cannot."""
    return json.dumps(body).encode()


Made = Callable[[Operation], Iterable[Try]]
