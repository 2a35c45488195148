"""The service as it runs in production: daphne, with the published keys of the tests."""

import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from django.db import connection
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from servicekit.testing.tokens import jwks, make_token
from servicekit.testing.worker import PATIENCE_S, django_database_url, process, wait_until

ORIGIN = "http://127.0.0.1:1000"
HEARTBEAT_S = 0.5
Open = Callable[..., "Socket"]


class Socket:
    """One open socket, read frame by frame."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire

    def frame(self, kind: str | None = None, *, timeout_s: float = PATIENCE_S) -> dict[str, Any]:
        """Return the next frame, or the next of a kind, within `timeout_s` each."""
        while True:
            frame: dict[str, Any] = json.loads(self.wire.recv(timeout_s))
            if kind is None or frame["type"] == kind:
                return frame

    def say(self, **frame: Any) -> None:
        self.wire.send(json.dumps(frame))


class Keys(BaseHTTPRequestHandler):
    """Publishes the keys of this test run, as Auth does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(jwks()).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def keys_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def service(django_db_setup: None, django_db_blocker: Any, keys_url: str) -> Iterator[str]:
    """Run daphne on the test database; returns host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "DATABASE_URL": django_database_url(str(connection.settings_dict["NAME"])),
        "AUTH_JWKS_URL": keys_url,
        "LIVE_HEARTBEAT_S": str(HEARTBEAT_S),
        "PROCESS_KIND": "command",  # one connection: a pool would keep the test database busy
    }
    command = ["daphne", "-b", "127.0.0.1", "-p", str(port)]
    command = [sys.executable, "-m", *command, "notification_service.asgi:application"]
    with process(*command, **environment):
        wait_until(lambda: _answers(port), what="daphne answers")
        yield f"127.0.0.1:{port}"


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/livez/").status_code == 200
    except httpx.TransportError:
        return False


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
