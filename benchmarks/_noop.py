"""A stock Celery worker that does nothing, with the delivery settings of our workers."""

import os
from typing import Any

from celery import Celery
from kombu import Exchange, Queue

QUEUE = os.environ["BENCH_QUEUE"]

app = Celery("bench", broker=os.environ["BENCH_AMQP_URL"])
app.conf.update(
    task_queues=[Queue(QUEUE, exchange=Exchange(""), routing_key=QUEUE, durable=True)],
    task_default_queue=QUEUE,
    task_acks_late=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=4,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
)


@app.task(name="bench.noop")
def noop(**_: Any) -> None:
    """Do nothing."""
