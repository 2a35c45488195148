"""Pokes: hints to open sockets that the database holds something new for a person."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import structlog
from channels.layers import get_channel_layer
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

DEADLINE_S: Final = 1.0
log = structlog.get_logger(__name__)


def group_of(user_id: int) -> str:
    """Return the channel group of a person's sockets."""
    return f"alerts.{user_id}"


def poke(user_ids: Iterable[int]) -> None:
    """Poke people's sockets; call it after the commit.

    A poke may get lost, with Redis for instance: each socket compares what it has sent with the
    database at every heartbeat, so that an alert comes late and is never missed.
    """
    people = list(user_ids)
    try:
        _publish(people)
    except RedisError as error:
        log.warning("poke_lost", user_ids=people[:20], error=repr(error))


def _publish(user_ids: list[int]) -> None:
    """Do what `group_send` of the channel layer does, in one round trip on a lasting connection.

    Called from plain threads, `group_send` itself opens a loop and a connection each time: 9 ms.
    """
    layer: Any = get_channel_layer()
    message = layer.serialize({"type": "alerts.changed"})
    with _redis(settings.REDIS_URL).pipeline(transaction=False) as pipe:
        for user_id in user_ids:
            pipe.publish(f"{settings.CHANNEL_PREFIX}__group__{group_of(user_id)}", message)
        pipe.execute()


@cache
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=DEADLINE_S, socket_connect_timeout=DEADLINE_S)
