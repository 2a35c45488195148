"""Publishing with confirms in flight, and `mandatory`.

`confirm_publish` alone reports success for a queue that does not exist, and waiting for each
confirm costs two thirds of the rate; so a batch is written and then its confirms are awaited.
"""

import time
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from amqp import basic_message
from celery import Celery
from kombu.serialization import dumps

CONFIRM_TIMEOUT_S = 5.0


class Publishable(Protocol):
    """What a row of the outbox has."""

    id: int
    message_id: UUID
    task: str
    queue: str
    kwargs: dict[str, Any]
    headers: dict[str, str]


class ConfirmTimeout(OSError):
    """The broker did not confirm in time; the channel is of no more use."""


class Publisher:
    """One connection, one channel in confirm mode; not for use by several threads."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._connection = app.connection_for_write(heartbeat=0)
        self._connection.connect()
        channel: Any = self._connection.channel()  # kombu's types know no confirms
        self._channel = channel
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)
        self._published = 0
        self._waiting: dict[int, Publishable] = {}
        self._by_message_id: dict[str, int] = {}
        self._refused: dict[int, str] = {}

    def publish_all(self, batch: Sequence[Publishable]) -> dict[int, str]:
        """Publish a batch and wait for every confirm.

        Returns the refused ones: row id → reason. Raises OSError (ConfirmTimeout among them) or
        amqp.AMQPError when the connection fails: then nothing is known of the batch.
        """
        self._refused = {}
        self._by_message_id = {str(each.message_id): each.id for each in batch}
        for each in batch:
            self._published += 1
            self._waiting[self._published] = each
            self._channel.basic_publish(
                self._as_amqp(each), exchange="", routing_key=each.queue, mandatory=True
            )
        deadline = time.monotonic() + CONFIRM_TIMEOUT_S
        while self._waiting:
            left = deadline - time.monotonic()
            if left <= 0:
                raise ConfirmTimeout(f"{len(self._waiting)} publishes not confirmed in time")
            self._connection.drain_events(timeout=left)
        return self._refused

    def keep_alive(self) -> None:
        """Notice a lost connection while there is nothing to publish; raises OSError."""
        try:
            self._connection.drain_events(timeout=0.001)
        except TimeoutError:
            return

    def close(self) -> None:
        """Close the connection, dead or alive."""
        self._connection.release()

    def _as_amqp(self, each: Publishable) -> basic_message.Message:
        task_id = str(each.message_id)
        made = self._app.amqp.as_task_v2(
            task_id,
            each.task,
            kwargs=each.kwargs,
            argsrepr="()",  # else Celery writes out every argument once more
            kwargsrepr="{…}",
            ignore_result=True,
        )
        content_type, content_encoding, body = dumps(made.body, serializer="json")
        return basic_message.Message(
            body,
            application_headers={**made.headers, **each.headers},
            content_type=content_type,
            content_encoding=content_encoding,
            correlation_id=task_id,
            delivery_mode=2,
            priority=0,
        )

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        for tag in self._tags(delivery_tag, multiple):
            self._waiting.pop(tag, None)

    def _on_nack(self, delivery_tag: int, multiple: bool) -> None:
        for tag in self._tags(delivery_tag, multiple):
            each = self._waiting.pop(tag, None)
            if each is not None:
                self._refused[each.id] = "the broker refused it (nack)"

    def _tags(self, delivery_tag: int, multiple: bool) -> list[int]:
        if not multiple:
            return [delivery_tag]
        return [tag for tag in self._waiting if tag <= delivery_tag]

    def _on_return(
        self, exc: Exception, exchange: str, routing_key: str, message: basic_message.Message
    ) -> None:
        # The broker sends a return before the confirm of the same message.
        task_id = message.properties["correlation_id"]
        self._refused[self._by_message_id[task_id]] = f"queue {routing_key!r} does not exist"
