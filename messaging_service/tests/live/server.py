"""A real daphne, a real Redis of our own, and the published keys, for the length of a test."""

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from django.conf import settings
from django.db import connection
from redis import Redis
from redis.exceptions import RedisError

from servicekit.testing.tokens import jwks
from servicekit.testing.worker import PATIENCE_S, django_database_url, process, wait_until


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def published_keys() -> Iterator[str]:
    """Serve the keys of this test run; yields their URL."""

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(jwks()).encode())

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Keys) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def daphne(**environment: str) -> Iterator[str]:
    """Run the service on the test database as in production; yields host and port."""
    port, app = free_port(), "messaging_service.asgi:application"
    command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0"]
    pings = ["--ping-interval", "15", "--ping-timeout", "15"]
    with published_keys() as keys:
        own = {
            "DATABASE_URL": django_database_url(connection.settings_dict["NAME"]),
            "PROCESS_KIND": "web",
            "AUTH_JWKS_URL": keys,
            "LIVE_HEARTBEAT_S": "1",
            "ATTACHMENT_ROOT": str(settings.ATTACHMENT_ROOT),
        }
        with process(*command, *pings, app, **(own | environment)):
            url = f"http://127.0.0.1:{port}/livez/"
            wait_until(lambda: _answers(url), what="daphne")
            yield f"127.0.0.1:{port}"


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.TransportError:
        return False


class OwnRedis:
    """A redis-server that a test may kill and start again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty."""
        binary = shutil.which("redis-server")
        assert binary, "redis-server is not installed"
        options = ["--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        command = [binary, *options, "--dir", str(self._folder), "--loglevel", "warning"]
        self._process = subprocess.Popen(command)
        wait_until(self._is_up, what="redis-server")

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_S)
            self._process = None

    def _is_up(self) -> bool:
        try:
            with Redis.from_url(self.url, retry=None) as redis:
                return bool(redis.ping())
        except RedisError:
            return False
