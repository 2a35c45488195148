"""manage.py sweep: run settings.SWEEPS, each at its interval, one runner at a time.

A sweep is a function `f(*, at: datetime)` that does what is due; a PostgreSQL advisory lock
keeps a second process from running the same one.
"""

import heapq
import random
import signal
import threading
import time
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

Sweep = Callable[..., object]
log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Run the periodic work of this service until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        due = [(time.monotonic() + random.random(), name) for name in settings.SWEEPS]  # noqa: S311
        heapq.heapify(due)
        while not stopping.is_set() and due:
            at, name = heapq.heappop(due)
            if stopping.wait(max(0.0, at - time.monotonic())):
                return
            run_sweep(name, at=timezone.now())
            interval = settings.SWEEPS[name].total_seconds()
            heapq.heappush(due, (max(at + interval, time.monotonic()), name))


def run_sweep(name: str, *, at: datetime) -> bool:
    """Run one sweep now; False when another process holds it or it failed (which is logged)."""
    key = zlib.crc32(name.encode())
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [key - 2**31])
            if not cursor.fetchone()[0]:
                return False
        try:
            import_string(name)(at=at)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [key - 2**31])
    except (DatabaseError, InterfaceError) as exc:
        log.warning("sweep_waits", sweep=name, error=repr(exc))
        close_old_connections()
        return False
    except Exception:  # one broken sweep must not stop the others
        log.exception("sweep_failed", sweep=name)
        return False
    return True
