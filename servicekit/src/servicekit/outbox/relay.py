"""The relay: the only publisher of a service.

Rows are taken with `FOR UPDATE SKIP LOCKED` where `published_at IS NULL` (never by `id > last`:
ids commit out of order), published with confirms and `mandatory`, then marked in the same
transaction. Killed between confirm and commit it publishes again under the same id, which
the consumer's inbox recognises.
"""

import random
import threading
from collections.abc import Callable

import psycopg
import structlog
from amqp.exceptions import AMQPError
from celery import Celery
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from servicekit.messaging.publisher import Publisher

from . import services
from .models import OutboxMessage

BATCH = 200
IDLE_WAIT_S = 1.0
GATHER_S = 0.05  # after a wake-up: more rows in one batch cost less than a batch each
MAX_BACKOFF_S = 15.0
CHANNEL = "outbox"  # the trigger outbox_wake notifies it
# psycopg's own errors come from waiting for notifications, beside Django's wrapping.
PASSING = (DatabaseError, InterfaceError, psycopg.Error, AMQPError, BrokerError, OSError)

log = structlog.get_logger(__name__)


class Relay:
    """Moves rows from the outbox to the broker until `stop()`; one thread, one broker channel."""

    def __init__(
        self, app: Celery, *, publisher: Callable[[Celery], Publisher] = Publisher
    ) -> None:
        self._app = app
        self._make_publisher = publisher
        self._publisher: Publisher | None = None
        self._stopping = threading.Event()
        self._failures = 0

    def stop(self, *_: object) -> None:
        """Finish the batch in hand and return from `run`; fit to be a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped; a lost broker or database is waited for, never fatal."""
        while not self._stopping.is_set():
            try:
                if self.publish_batch() < BATCH:
                    self._wait_for_rows()
                self._failures = 0
            except PASSING as exc:
                self._back_off(exc)
        self.close()

    @transaction.atomic
    def publish_batch(self) -> int:
        """Publish up to 200 due rows; returns how many were due. Rows are locked meanwhile.

        Their order is that of the partial index: by id alone PostgreSQL would walk the primary
        key over all that was ever published.
        """
        due = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(published_at=None, next_attempt_at__lte=timezone.now())
            .order_by("next_attempt_at", "id")[:BATCH]
        )
        if not due:
            return 0
        if self._publisher is None:
            self._publisher = self._make_publisher(self._app)
        refused = self._publisher.publish_all(due)
        services.mark_published([row.id for row in due if row.id not in refused], at=timezone.now())
        for row in due:
            if row.id in refused:
                log.warning("message_refused", message_id=str(row.message_id), why=refused[row.id])
                services.mark_failed(row, reason=refused[row.id], at=timezone.now())
        return len(due)

    def _wait_for_rows(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        for _ in connection.connection.notifies(timeout=IDLE_WAIT_S, stop_after=1):
            self._stopping.wait(GATHER_S)
            return
        if self._publisher is not None:
            self._publisher.keep_alive()

    def _back_off(self, exc: Exception) -> None:
        self._failures += 1
        wait = random.uniform(0, min(0.5 * 2**self._failures, MAX_BACKOFF_S))  # noqa: S311 jitter
        log.warning("relay_waits", error=repr(exc), wait_s=round(wait, 2))
        self.close()
        connection.close()
        self._stopping.wait(wait)

    def close(self) -> None:
        """Close the broker connection, dead or alive; the next batch opens another."""
        if self._publisher is not None:
            self._publisher.close()
            self._publisher = None
