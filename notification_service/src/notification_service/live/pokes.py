"""Pokes: hints to open sockets that the database holds something new for a person."""

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
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
        async_to_sync(_publish)(people)
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("poke_lost", user_ids=people[:20], error=repr(error))


async def _publish(user_ids: list[int]) -> None:
    layer = get_channel_layer()
    if layer is None:
        raise RuntimeError("no channel layer is configured")
    async with asyncio.timeout(DEADLINE_S):
        for user_id in user_ids:
            await layer.group_send(group_of(user_id), {"type": "alerts.changed"})
