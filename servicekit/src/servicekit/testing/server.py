"""A service with sockets as it runs in production: daphne, with the published keys of the tests."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from django.conf import settings
from django.db import connection

from servicekit.testing.tokens import jwks
from servicekit.testing.worker import PATIENCE_S, django_database_url, process, wait_until


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def daphne(**environment: str) -> Iterator[str]:
    """Run this service on the test database; yields host and port."""
    port, app = free_port(), f"{settings.SERVICE_NAME}.asgi:application"
    options = ["-b", "127.0.0.1", "-p", str(port), "-v", "0"]
    pings = ["--ping-interval", "15", "--ping-timeout", "15"]
    with _published_keys() as keys:
        own: dict[str, Any] = {
            "DATABASE_URL": django_database_url(str(connection.settings_dict["NAME"])),
            "AUTH_JWKS_URL": keys,
        }
        command = [sys.executable, "-m", "daphne", *options, *pings, app]
        with process(*command, **own | environment) as running:
            wait_until(lambda: _answers(port, running), what="daphne answers")
            yield f"127.0.0.1:{port}"


class _Keys(BaseHTTPRequestHandler):
    """Publishes the keys of this test run, as Auth does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(jwks()).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _published_keys() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Keys) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/jwks.json"
        server.shutdown()


def _answers(port: int, running: subprocess.Popen[bytes]) -> bool:
    assert running.poll() is None, "daphne has ended"
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/livez/", timeout=PATIENCE_S)
        return answer.status_code == 200
    except httpx.TransportError:
        return False
