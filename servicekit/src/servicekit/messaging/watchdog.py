"""Ends a worker that has stopped consuming while its queues fill; the supervisor starts another."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from amqp.exceptions import AMQPError
from celery import Celery
from celery.worker import state
from kombu.exceptions import OperationalError as BrokerError

CHECK_EVERY_S = 10.0
PATIENCE_S = 60.0
FORCE_AFTER_S = 35.0  # a little more than worker_soft_shutdown_timeout

log = structlog.get_logger(__name__)


def end_this_process() -> None:
    """Ask for a warm shutdown, then insist."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(FORCE_AFTER_S)
    os._exit(70)


class Watchdog(threading.Thread):
    """Watches that `progress()` changes as long as messages wait and no task is being worked."""

    def __init__(
        self,
        app: Celery,
        *,
        progress: Callable[[], int],
        patience_s: float = PATIENCE_S,
        check_every_s: float = CHECK_EVERY_S,
        on_stall: Callable[[], None] = end_this_process,
    ) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._app = app
        self._progress = progress
        self._patience_s = patience_s
        self._check_every_s = check_every_s
        self._on_stall = on_stall
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End the thread after its current check."""
        self._stopping.set()

    def run(self) -> None:
        """Check every ten seconds until the worker stalls or stops."""
        seen, moved_at = -1, time.monotonic()
        while not self._stopping.wait(self._check_every_s):
            now = self._progress()
            if now != seen or state.active_requests:
                seen, moved_at = now, time.monotonic()
            elif time.monotonic() - moved_at > self._patience_s and self.waiting():
                log.critical("worker_stalled", waiting=self.waiting(), patience_s=self._patience_s)
                self._on_stall()
                return

    def waiting(self) -> int:
        """Return how many messages are ready; 0 when the broker is away: that is no stall."""
        try:
            with self._app.connection_for_read() as connection:
                connection.ensure_connection(max_retries=1, timeout=5)
                channel: Any = connection.default_channel
                names = [queue.name for queue in self._app.conf.task_queues]
                return sum(
                    int(channel.queue_declare(name, passive=True).message_count) for name in names
                )
        except (AMQPError, BrokerError, OSError) as exc:
            log.warning("watchdog_waits", error=repr(exc))
            return 0
