import subprocess
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kit_app.wire import QUEUES, encoded, environment, headers

from servicekit.testing.broker import Broker
from servicekit.testing.worker import process, worker_command


@pytest.fixture
def queues(broker: Broker) -> Broker:
    broker.declare(*QUEUES)
    return broker


@pytest.fixture
def send(queues: Broker) -> Callable[..., str]:
    """Publish a well-formed message and return its id."""

    def publish(*, message_id: str = "", task: str = "kit.good", **kwargs: Any) -> str:
        sent = message_id or str(uuid.uuid4())
        queues.publish(
            task,
            encoded(**kwargs),
            headers=headers(task, id=sent),
            content_type="application/json",
            content_encoding="utf-8",
        )
        return sent

    return publish


@pytest.fixture
def worker(transactional_db: None, queues: Broker) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the test database."""
    with process(*worker_command("kit_app.celery", *QUEUES), **environment()) as running:
        yield running
