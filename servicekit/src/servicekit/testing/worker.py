"""Real processes in tests: a Celery worker, a relay; started, killed, waited for."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_S = 90.0  # with what must happen: a busy machine is late, and no fault of the code


def wait_until(
    condition: Callable[[], bool], *, timeout_s: float = PATIENCE_S, what: str = ""
) -> None:
    """Return once `condition` holds; fails the test after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s} s: {what or condition}")
        time.sleep(0.05)


@contextmanager
def process(
    *command: str, start_new_session: bool = False, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process for the length of a block, then stop it with SIGTERM."""
    running = subprocess.Popen(  # noqa: S603
        command, env=os.environ | environment, start_new_session=start_new_session
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.terminate()
        try:
            running.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait(PATIENCE_S)


def worker_command(app: str, *queues: str, concurrency: int = 1, name: str = "w") -> list[str]:
    """Return the command line of a worker as it runs in production."""
    options = ["-O", "fair", "--without-mingle", "--without-gossip", "--loglevel", "WARNING"]
    where = ["-Q", ",".join(queues), "-c", str(concurrency), "-n", f"{name}@%h"]
    return [sys.executable, "-m", "celery", "-A", app, "worker", *options, *where]


def django_database_url(name: str) -> str:
    """Return DATABASE_URL with another database: worker processes must use the test database."""
    head, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{head}/{name}"
