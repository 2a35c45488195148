"""A worker that stops consuming while messages wait is ended; an idle or busy one is not."""

import threading
from collections.abc import Iterable
from itertools import repeat

import pytest
from kit_app.celery import app
from kit_app.wire import QUEUES

from servicekit.messaging.watchdog import Watchdog
from servicekit.testing.broker import Broker
from servicekit.testing.worker import PATIENCE_S, wait_until


@pytest.fixture
def waiting(broker: Broker) -> None:
    """One message that nobody takes."""
    broker.declare(*QUEUES)
    broker.publish("kit.good", b"waits for nobody")
    wait_until(lambda: broker.count("kit.good") == 1)


def is_ended(progress: Iterable[int]) -> bool:
    """Whether a watchdog without patience, which looks as often as told, ends the worker."""
    stalled, counts = threading.Event(), iter(progress)

    def look() -> int:
        count = next(counts, None)
        if count is None:
            watchdog.stop()
        return -1 if count is None else count

    watchdog = Watchdog(app, progress=look, patience_s=0, check_every_s=0.01, on_stall=stalled.set)
    watchdog.start()
    watchdog.join(PATIENCE_S)
    assert not watchdog.is_alive()
    return stalled.is_set()


def test_a_stalled_worker_is_ended(waiting: None) -> None:
    assert is_ended(repeat(7))


def test_an_idle_worker_is_left_alone(broker: Broker) -> None:
    broker.declare(*QUEUES)
    assert not is_ended([7] * 5)


def test_a_worker_that_moves_is_left_alone(waiting: None) -> None:
    assert not is_ended(range(5))
