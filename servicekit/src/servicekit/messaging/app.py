"""One Celery app a service, with settings whose reasons stand in docs/design and ADR 2."""

import importlib
import os
from collections.abc import Sequence

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

SETTINGS = {
    "accept_content": ["json"],
    "task_serializer": "json",
    "task_protocol": 2,
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_acks_on_failure_or_timeout": False,
    "task_reject_on_worker_lost": True,
    "task_soft_time_limit": 60,
    "task_time_limit": 90,
    "task_create_missing_queues": False,
    "worker_consumer": "servicekit.messaging.consumer:GuardedConsumer",
    "worker_prefetch_multiplier": 4,
    "worker_max_tasks_per_child": 10_000,
    "worker_soft_shutdown_timeout": 30,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_hijack_root_logger": False,
    "broker_heartbeat": 30,
    "broker_pool_limit": 2,
    "broker_connection_timeout": 5,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {"read_timeout": 10, "write_timeout": 10},
}


def plain_queue(name: str) -> Queue:
    """A durable queue on the default exchange without any argument.

    HDTS declares its queue itself: any argument of ours would make its publisher fail with 406.
    """
    return Queue(name, exchange=Exchange(""), routing_key=name, durable=True)


def make_app(service: str, *, queues: Sequence[str] = ()) -> Celery:
    """Return the Celery app of `service`, which consumes `queues`; call it in `celery.py`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{service}.settings")
    app = Celery(service)
    app.config_from_object(SETTINGS | {"broker_url": settings.AMQP_URL})
    # Celery closes the database connection after each task unless this is set: CONN_MAX_AGE does
    # not count in a worker, and connecting costs as much as the work. A lost connection is noticed,
    # and replaced, by the work itself.
    app.conf["CELERY_DB_REUSE_MAX"] = 1_000
    app.conf.task_queues = [plain_queue(name) for name in queues]
    if queues:
        app.conf.task_default_queue = queues[0]
    app.autodiscover_tasks()
    return app


def service_app() -> Celery:
    """Return the app of the running service: `app` in the module settings.CELERY_APP names."""
    app = importlib.import_module(settings.CELERY_APP).app
    assert isinstance(app, Celery)
    return app
