"""Publishing as a stranger does: stock Celery, the documented names, nothing of ours."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from celery import Celery

TASK = "tickets.tasks.receive_ticket"
QUEUE = "TICKET_TASKS_PRODUCTION"

Send = Callable[[str], None]


def ticket(ticket_id: str) -> dict[str, str]:
    """Return a ticket that the demo workflow *IT Support* takes."""
    return {
        "ticket_id": ticket_id,
        "title": f"No network at desk {ticket_id}",
        "description": "The wired connection drops every few minutes since this morning. " * 6,
        "category": "IT Support",
        "sub_category": "Network",
        "department": "Operations",
        "priority": "medium",
        "requester_name": "Load Generator",
        "requester_email": "load@company.example",
    }


@contextmanager
def sender(url: str, *, queue: str = QUEUE, task: str = TASK) -> Iterator[Send]:
    """Give a function that publishes the ticket of an id."""
    app = Celery(broker=url, set_as_current=False)
    with app.connection_for_write() as connection:
        producer = app.amqp.Producer(connection, auto_declare=False)

        def send(ticket_id: str) -> None:
            kwargs = {"ticket_data": ticket(ticket_id)}
            app.send_task(task, queue=queue, kwargs=kwargs, producer=producer)

        yield send


def publish(send: Send, ids: list[str], *, rate: float | None) -> dict[str, float]:
    """Publish every id, `rate` a second or as fast as it goes; returns when (Unix time)."""
    sent: dict[str, float] = {}
    begin = time.monotonic()
    for number, ticket_id in enumerate(ids):
        if rate:
            time.sleep(max(0.0, begin + number / rate - time.monotonic()))
        sent[ticket_id] = time.time()
        send(ticket_id)
    return sent
