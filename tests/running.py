"""The running system, as its users see it: addresses from `scripts/status --json`, nothing else."""

import contextlib
import json
import os
import subprocess
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
from celery import Celery
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

T = TypeVar("T")
TICKET = {
    "title": "No network on floor 3",
    "priority": "high",
    "category": "IT Support",
    "sub_category": "Network",
    "department": "Operations",
    "requester_email": "user@company.com",
}
STATUS = Path(__file__).parents[1] / "scripts" / "status"
QUEUE = "TICKET_TASKS_PRODUCTION"


def eventually(ask: Callable[[], T], *, within_s: float = 30, what: str = "") -> T:
    """Return the first truthy answer; fails the test when there is none in time."""
    deadline = time.monotonic() + within_s
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {within_s} s: {what or ask}"
        time.sleep(0.1)


def new_number() -> str:
    """Return a ticket number that no other test uses."""
    return f"HDTS-{uuid.uuid4().hex[:12]}"


@dataclass(frozen=True)
class Person:
    """Somebody signed in at the gateway."""

    user_id: int
    username: str
    http: httpx.Client

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON of a path that must answer 200."""
        answer = self.http.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object = None, *, expect: int = 200, **kwargs: Any) -> Any:
        """Post and return the JSON of an answer with the expected status."""
        answer = self.http.post(path, json=body if body is not None else {}, **kwargs)
        assert answer.status_code == expect, answer.text
        return answer.json()


class System:
    """One running instance."""

    def __init__(self, status: dict[str, Any]) -> None:
        self.status = status
        self.gateway: str = status["gateway"]
        self._open = contextlib.ExitStack()

    @classmethod
    def from_environment(cls) -> "System":
        """Return the instance whose status file TTS_STATUS_FILE names."""
        return cls(json.loads(Path(os.environ["TTS_STATUS_FILE"]).read_text()))

    def now(self) -> dict[str, Any]:
        """Return the status as it is at this moment: pids change when processes die."""
        done = subprocess.run([STATUS, "--json"], capture_output=True, text=True, check=False)
        status: dict[str, Any] = json.loads(done.stdout)
        return status

    def close(self) -> None:
        """Close everything that was opened for the tests."""
        self._open.close()

    def anonymous(self) -> httpx.Client:
        """Return a client of the gateway without a token; `close` closes it."""
        client = httpx.Client(base_url=self.gateway, timeout=30, trust_env=False)
        return self._open.enter_context(client)

    def sign_in(self, username: str) -> Person:
        """Sign a person in with the demo password."""
        http = self.anonymous()
        body = {"username": username, "password": self.status["password"]}
        answer = http.post("/auth/token/", json=body)
        assert answer.status_code == 200, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['access']}"
        me = http.get("/auth/api/v1/users/me/").json()
        return Person(me["id"], username, http)

    @cached_property
    def admin(self) -> Person:
        """Return the demo administrator."""
        return self.sign_in("admin")

    @cached_property
    def help_desk(self) -> Celery:
        """Return a stock Celery producer with the help desk's own account."""
        producer = Celery(broker=self.status["amqp"]["hdts"])
        self._open.callback(producer.close)
        return producer

    @cached_property
    def careful_help_desk(self) -> Celery:
        """Return a stock Celery producer that waits until the broker has confirmed a message.

        Without `confirm_publish` Celery calls a message sent that a dying broker never read.
        """
        producer = Celery(broker=self.status["amqp"]["hdts"])
        producer.conf.broker_transport_options = {"confirm_publish": True}
        self._open.callback(producer.close)
        return producer

    def publish(
        self,
        number: str,
        *,
        message_id: str | None = None,
        by: Celery | None = None,
        **changes: Any,
    ) -> None:
        """Publish a ticket exactly as a help desk with stock Celery does."""
        (by or self.help_desk).send_task(
            "tickets.tasks.receive_ticket",
            queue=QUEUE,
            task_id=message_id,
            kwargs={"ticket_data": TICKET | {"ticket_id": number} | changes},
        )

    @contextlib.contextmanager
    def database(self, name: str) -> Iterator[psycopg.Connection[Any]]:
        """Open a service's database, with the rights of the service."""
        with psycopg.connect(self.status["databases"][name], autocommit=True) as connection:
            yield connection

    def rows(self, name: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of one statement in a service's database."""
        with self.database(name) as connection:
            return connection.execute(sql, values).fetchall()

    def task_of(self, number: str, *, within_s: float = 30) -> dict[str, Any]:
        """Return the task of a ticket, as soon as there is one."""

        def found() -> list[dict[str, Any]]:
            answer: dict[str, Any] = self.admin.get("/workflow/tasks/", search=number)
            results: list[dict[str, Any]] = answer["results"]
            return results

        return eventually(found, within_s=within_s, what=f"a task for {number}")[0]

    def socket(self, who: Person, path: str) -> ClientConnection:
        """Open a live socket with a one-time ticket."""
        made = who.post("/messaging/ws-ticket/", {"path": path}, expect=201)
        return self.raw_socket(path, ticket=made["ticket"])

    def raw_socket(self, path: str, *, ticket: str = "", origin: str = "") -> ClientConnection:
        """Open a socket with whatever ticket and Origin."""
        protocols = ["tts.v1", *([f"ticket.{ticket}"] if ticket else [])]
        address = f"{self.gateway.replace('http', 'ws', 1)}/{path}"
        return connect(
            address,
            subprotocols=[Subprotocol(each) for each in protocols],
            origin=Origin(origin or self.gateway),
            open_timeout=10,
            proxy=None,
        )


def frames_of(
    socket: ClientConnection, *, until: str, within_s: float = 15
) -> list[dict[str, Any]]:
    """Return the frames of a socket up to the first of the given type."""
    deadline, frames = time.monotonic() + within_s, []
    while time.monotonic() < deadline:
        frame = json.loads(socket.recv(timeout=max(0.1, deadline - time.monotonic())))
        frames.append(frame)
        if frame["type"] == until:
            return frames
    raise AssertionError(f"no {until} within {within_s} s, only {frames}")


def action_named(task: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the first available action of a task with one of the names."""
    actions: Iterable[dict[str, Any]] = task["available_actions"]
    found = [each for each in actions if each["action"] in names]
    assert found, f"none of {names} in {task['available_actions']}"
    return found[0]
