"""The Celery consumer that nothing malformed can stop, crash or make forget.

A message reaches a task only when `guard.admit` takes it. Anything else becomes a `parked` inbox
row with its bytes and then goes to the dead-letter queue; while the database is away it stays
unacknowledged and is tried again. Never acknowledge what is not stored.
"""

import json
from typing import Any

import structlog
from celery.worker.consumer import Consumer
from django.db import Error as DatabaseError
from django.db import connections
from kombu import compression

from servicekit.inbox import services as inbox

from . import guard
from .handling import CONSUMED
from .watchdog import Watchdog

RETRY_PARKING_S = 2.0
_NO_CALLBACKS = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}

log = structlog.get_logger(__name__)


def _refuse_to_inflate(_: bytes) -> bytes:
    raise ValueError("compressed bodies are not accepted")


def refuse_compression() -> None:
    """Make kombu inflate nothing: it would do so before the guard can weigh the body."""
    for name in compression.encoders():
        compression.register(_refuse_to_inflate, _refuse_to_inflate, name, aliases=[name])


class GuardedConsumer(Consumer):
    """Celery's consumer behind the guard."""

    task_consumer: Any
    connection_errors: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refuse_compression()
        self.received_total = 0
        Watchdog(self.app, progress=lambda: self.received_total).start()

    def create_task_handler(self, *args: Any, **kwargs: Any) -> Any:
        """Return the callback for each message: admit and pass on, or park."""
        pass_on = super().create_task_handler(*args, **kwargs)

        def on_message(message: Any) -> None:
            self.received_total += 1
            queue = self._queue_of(message)
            try:
                admitted = admit(message, queue=queue)
            except guard.Malformed as fault:
                self._park(message, queue=queue, fault=fault)
                return
            rebuild(message, admitted, queue=queue)
            pass_on(message)

        return on_message

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """Park what kombu cannot decode; Celery would acknowledge, and so lose it."""
        fault = guard.Malformed("UNDECODABLE", repr(exc))
        self._park(message, queue=self._queue_of(message), fault=fault)

    def _queue_of(self, message: Any) -> str:
        # The consumer tag is the broker's word; the routing key would be the publisher's.
        tag = (message.delivery_info or {}).get("consumer_tag")
        tags: dict[str, str] = self.task_consumer._active_tags
        return next((queue for queue, known in tags.items() if known == tag), "")

    def _park(self, message: Any, *, queue: str, fault: guard.Malformed) -> None:
        headers = message.headers if isinstance(message.headers, dict) else {}
        try:
            inbox.park_malformed(
                task=guard.text(headers.get("task") or "", longest=150),
                sent_as=guard.text(headers.get("id") or "", longest=64),
                queue=queue,
                code=fault.code,
                reason=fault.reason,
                raw=_bytes(message.body)[: 4 * guard.MAX_BODY_BYTES],
                headers=guard.plain(headers),
            )
        except DatabaseError as exc:
            log.warning("parking_waits", queue=queue, error=repr(exc))
            self.timer.call_after(
                RETRY_PARKING_S, self._park, (message,), {"queue": queue, "fault": fault}
            )
            return
        finally:
            connections.close_all()  # pool children are forked from this process
        log.warning("message_parked", queue=queue, code=fault.code, reason=fault.reason)
        # To the dead-letter queue; a lost channel means that it is delivered again.
        message.reject_log_error(log, self.connection_errors, requeue=False)


def admit(message: Any, *, queue: str) -> guard.Admitted:
    """Return the checked parts of a message from that queue; raises Malformed and nothing else."""
    try:
        return guard.admit(
            body=message.body,
            content_type=message.content_type,
            content_encoding=message.content_encoding,
            headers=message.headers,
            tasks=CONSUMED.get(queue, frozenset()),
        )
    except guard.Malformed:
        raise
    except Exception as exc:  # a fault of ours would end the worker at each delivery
        log.exception("guard_failed", queue=queue)
        raise guard.Malformed("UNREADABLE", repr(exc)) from exc


def rebuild(message: Any, admitted: guard.Admitted, *, queue: str) -> None:
    """Leave of a message only what was checked, so that no other header can steer Celery."""
    # The sender's arguments become one argument of ours: none of their names can clash.
    message.body = json.dumps([[admitted.kwargs], {}, _NO_CALLBACKS]).encode()
    message.headers = {
        "lang": "py",
        "task": admitted.task,
        "id": admitted.message_id,
        "root_id": admitted.message_id,
        "parent_id": None,
        "group": None,
        "eta": None,
        "expires": None,
        "retries": 0,
        "timelimit": [None, None],
        "argsrepr": "()",
        "kwargsrepr": "{…}",
        "origin": "",
        "ignore_result": True,
        "delivery": {"queue": queue, "headers": admitted.headers},
    }
    message.properties = {
        **message.properties,
        "correlation_id": admitted.message_id,
        "reply_to": None,
    }


def _bytes(body: object) -> bytes:
    if isinstance(body, bytes | bytearray | memoryview):
        return bytes(body)
    return str(body).encode("utf-8", "surrogatepass")
