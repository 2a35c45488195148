"""Several calls that begin at the same instant, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from typing import TypeVar

from django.db import connection

from servicekit.testing.worker import PATIENCE_S

T = TypeVar("T")
_connecting = threading.Lock()  # one at a time: fifty at once wait longer than a connection may


def race(*calls: Callable[[], T]) -> list[T]:
    """Return what each call returned, in the order of the calls, or raise what one raised.

    One that never ends fails the test and not the whole run.
    """
    start, outcomes = threading.Barrier(len(calls)), []
    for call in calls:
        outcome: Future[T] = Future()
        outcomes.append(outcome)
        threading.Thread(target=_run, args=(call, start, outcome), daemon=True).start()
    return [each.result(PATIENCE_S) for each in outcomes]


def _run(call: Callable[[], T], start: threading.Barrier, outcome: Future[T]) -> None:
    try:
        with closing(connection):
            with _connecting:
                connection.ensure_connection()
            start.wait(PATIENCE_S)
            returned = call()
    except BaseException as exc:  # whatever it is, it is the test's to see
        outcome.set_exception(exc)
    else:
        outcome.set_result(returned)


def spread(calls: Sequence[Callable[[], T]], *, over: int) -> list[list[T]]:
    """Deal the calls out to threads that begin at once and work theirs one after the other."""
    hands = [calls[index::over] for index in range(over)]
    return race(*[lambda hand=hand: [call() for call in hand] for hand in hands])
