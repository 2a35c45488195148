"""Several threads that begin at the same instant, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

R = TypeVar("R")


def race(*calls: Callable[[], R]) -> list[R]:
    """Run the calls at once; returns what each returned, or raises what one raised."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], R]) -> R:
        try:
            barrier.wait(30)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def spread(calls: Sequence[Callable[[], R]], *, over: int) -> list[list[R]]:
    """Deal the calls out to threads that begin at once and work theirs one after the other."""
    hands = [calls[index::over] for index in range(over)]
    return race(*[lambda hand=hand: [call() for call in hand] for hand in hands])
