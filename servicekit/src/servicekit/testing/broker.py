"""The real RabbitMQ in tests: declare, publish raw bytes, read back, dead-letter by policy."""

import os
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.conf import settings
from kombu import Connection

from servicekit.messaging.app import plain_queue
from servicekit.testing.worker import PATIENCE_S


class Broker:
    """One vhost of RabbitMQ, emptied before use."""

    def __init__(self) -> None:
        self.connection = Connection(settings.AMQP_URL)
        self.channel: Any = self.connection.channel()
        self.vhost = urlsplit(settings.AMQP_URL).path.removeprefix("/")

    def declare(self, *names: str) -> None:
        """Declare empty queues, each with its dead-letter queue bound by policy."""
        for name in names:
            self._management("PUT", f"policies/{{vhost}}/{name}", json=_dead_letter_policy(name))
            for each in (name, f"{name}_DLQ"):
                plain_queue(each)(self.channel).declare()
                self.channel.queue_purge(each)

    def delete(self, *names: str) -> None:
        """Delete queues with their messages."""
        for name in names:
            self.channel.queue_delete(name)

    def publish(self, queue: str, body: object, **properties: Any) -> None:
        """Publish bytes exactly as given; `headers` and every other property are optional."""
        message = self.channel.prepare_message(
            body,
            content_type=properties.pop("content_type", None),
            content_encoding=properties.pop("content_encoding", None),
            headers=properties.pop("headers", None),
            properties=properties,
        )
        self.channel.basic_publish(message, exchange="", routing_key=queue)

    def take(self, queue: str) -> Any:
        """Return the next message of a queue (acknowledged), None when it is empty."""
        message = self.channel.basic_get(queue)
        if message is not None:
            self.channel.basic_ack(message.delivery_tag)
        return message

    def count(self, queue: str) -> int:
        """Return how many messages are ready in a queue."""
        return int(self.channel.queue_declare(queue, passive=True).message_count)

    def close_all_other_connections(self) -> None:
        """Cut every client of this vhost but this one, as a network fault would."""
        mine = self.connection.connection.sock.getsockname()[1]
        for each in self._management("GET", "vhosts/{vhost}/connections").json():
            if each.get("peer_port") != mine:
                self._management("DELETE", f"connections/{quote(each['name'])}", missing_ok=True)

    def close(self) -> None:
        """Close the connection."""
        self.connection.release()

    def _management(
        self, method: str, path: str, *, missing_ok: bool = False, **kwargs: Any
    ) -> httpx.Response:
        url = f"{os.environ['AMQP_MANAGEMENT_URL']}/api/{path}"
        target = url.format(vhost=quote(self.vhost or "/", safe=""))
        answer = httpx.request(method, target, timeout=PATIENCE_S, **kwargs)
        return answer if missing_ok and answer.status_code == 404 else answer.raise_for_status()


def _dead_letter_policy(name: str) -> dict[str, Any]:
    return {
        "pattern": f"^{name.replace('.', '[.]')}$",
        "apply-to": "queues",
        "definition": {
            "dead-letter-exchange": "",
            "dead-letter-routing-key": f"{name}_DLQ",
        },
    }
