"""A real daphne, and a real Redis of our own, for the length of a test."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from servicekit.testing import server
from servicekit.testing.server import free_port
from servicekit.testing.worker import PATIENCE_S, wait_until


@contextmanager
def daphne(**environment: str) -> Iterator[str]:
    """Run the service with a heart that beats each second; yields host and port."""
    own = {
        "PROCESS_KIND": "web",
        "LIVE_HEARTBEAT_S": "1",
        "ATTACHMENT_ROOT": str(settings.ATTACHMENT_ROOT),
    }
    with server.daphne(**own | environment) as host:
        yield host


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
