"""The service as it runs in production: daphne, with the published keys of the tests."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from servicekit.testing.server import daphne
from servicekit.testing.tokens import make_token
from servicekit.testing.worker import PATIENCE_S

ORIGIN = "http://127.0.0.1:1000"
HEARTBEAT_S = 0.5
Open = Callable[..., "Socket"]


class Socket:
    """One open socket, read frame by frame."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire

    def frame(self, kind: str | None = None) -> dict[str, Any]:
        """Return the next frame, or the next of a kind."""
        while True:
            frame: dict[str, Any] = json.loads(self.wire.recv(PATIENCE_S))
            if kind is None or frame["type"] == kind:
                return frame

    def say(self, **frame: Any) -> None:
        self.wire.send(json.dumps(frame))


@pytest.fixture(scope="session")
def service(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Run daphne on the test database; returns host and port."""
    one_connection = {"PROCESS_KIND": "command"}  # a pool would keep the test database busy
    with daphne(LIVE_HEARTBEAT_S=str(HEARTBEAT_S), **one_connection) as host:
        yield host


@pytest.fixture
def ticket_for(service: str) -> Callable[..., str]:
    """Buy a one-time ticket over HTTP."""

    def buy(path: str = "ws/notifications/", **who: Any) -> str:
        answer = httpx.post(
            f"http://{service}/notification/ws-ticket/",
            json={"path": path},
            headers={"Authorization": f"Bearer {make_token(**who)}", "Origin": ORIGIN},
            timeout=PATIENCE_S,
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ticket"])

    return buy


@pytest.fixture
def open_socket(service: str, ticket_for: Callable[..., str]) -> Iterator[Open]:
    """Open sockets; they are closed after the test."""
    opened = ExitStack()

    def open_one(ticket: str | None = None, path: str = "ws/notifications/", **who: Any) -> Socket:
        value = ticket_for(**who) if ticket is None else ticket
        protocols = [Subprotocol("tts.v1"), Subprotocol(f"ticket.{value}")]
        opening = connect(
            f"ws://{service}/{path}",
            origin=Origin(ORIGIN),
            subprotocols=protocols,
            open_timeout=PATIENCE_S,
        )
        return Socket(opened.enter_context(opening))

    with opened:
        yield open_one
