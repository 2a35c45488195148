"""Many callers at once on real PostgreSQL: threads, a barrier, one connection each."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(work: Callable[[], T], *, callers: int) -> list[T]:
    """Run `work` in so many threads, all of them released together."""
    barrier = threading.Barrier(callers)
    results: list[T] = []

    def run() -> None:
        connection.ensure_connection()
        barrier.wait(30)
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == callers
    return results
