"""A worker that stops consuming while messages wait is ended; an idle or busy one is not."""

import threading
from collections.abc import Callable

from kit_app.celery import app
from kit_app.wire import QUEUES

from servicekit.messaging.watchdog import Watchdog
from servicekit.testing.broker import Broker


def watch(progress: Callable[[], int]) -> threading.Event:
    """Watch for two seconds with little patience; returns the event that a stall sets."""
    stalled = threading.Event()
    watchdog = Watchdog(
        app, progress=progress, patience_s=0.3, check_every_s=0.1, on_stall=stalled.set
    )
    watchdog.start()
    stalled.wait(2)
    watchdog.stop()
    watchdog.join(5)
    return stalled


def test_a_stalled_worker_is_ended(broker: Broker) -> None:
    broker.declare(*QUEUES)
    broker.publish("kit.good", b"waits for nobody")
    assert watch(lambda: 7).is_set()
    broker.declare(*QUEUES)


def test_an_idle_worker_is_left_alone(broker: Broker) -> None:
    broker.declare(*QUEUES)
    assert not watch(lambda: 7).is_set()


def test_a_worker_that_moves_is_left_alone(broker: Broker) -> None:
    broker.declare(*QUEUES)
    broker.publish("kit.good", b"one of many")
    counter = iter(range(1_000))
    assert not watch(lambda: next(counter)).is_set()
    broker.declare(*QUEUES)
