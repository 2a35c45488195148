"""How fast this machine can take messages from RabbitMQ with Celery when the work is nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from _publish import publish, sender
from kombu import Connection, Exchange, Queue

HERE = Path(__file__).resolve().parent
PATIENCE_S = 120.0


def measure(url: str, *, messages: int, processes: int) -> float:
    """Return no-op tasks a second of a worker with so many processes.

    The queue is filled before the worker starts and deleted in the end; counted is the time
    between 90 % and 10 % of it, so that start and end do not count.
    """
    queue = f"bench-noop-{uuid4().hex[:12]}"
    with Connection(url) as connection:
        channel: Any = connection.channel()
        Queue(queue, exchange=Exchange(""), routing_key=queue, durable=True)(channel).declare()
        try:
            with sender(url, queue=queue, task="bench.noop") as send:
                publish(send, [f"NOOP-{number}" for number in range(messages)], rate=None)
            _wait_for(channel, queue, messages)
            worker = _start_worker(url, queue=queue, processes=processes)
            try:
                return _rate(channel, queue, messages)
            finally:
                os.killpg(worker.pid, signal.SIGKILL)  # it holds nothing that matters
                worker.wait()
        finally:
            channel.queue_delete(queue)


def _start_worker(url: str, *, queue: str, processes: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "celery", "-A", "_noop", "worker", "-Q", queue]
    options = ["-O", "fair", "--without-mingle", "--without-gossip", "-c", str(processes)]
    environment = {name: text for name, text in os.environ.items() if "DJANGO" not in name}
    return subprocess.Popen(  # noqa: S603  # our own command
        [*command, *options, "-n", f"{queue}@%h", "--loglevel", "ERROR"],
        cwd=HERE,
        start_new_session=True,
        env=environment | {"BENCH_AMQP_URL": url, "BENCH_QUEUE": queue},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _depth(channel: Any, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).message_count)


def _wait_for(channel: Any, queue: str, depth: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while _depth(channel, queue) < depth:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{queue} never held {depth} messages")
        time.sleep(0.05)


def _rate(channel: Any, queue: str, messages: int) -> float:
    high, low = int(messages * 0.9), int(messages * 0.1)
    deadline = time.monotonic() + PATIENCE_S
    first: tuple[float, int] | None = None
    while time.monotonic() < deadline:
        depth, now = _depth(channel, queue), time.monotonic()
        if first is None and depth <= high:
            first = (now, depth)
        if first is not None and depth <= low:
            return (first[1] - depth) / (now - first[0])
        time.sleep(0.01)
    raise TimeoutError(f"the no-op worker did not empty {queue}")
