"""Pokes: hints to open sockets that the database holds something new."""

import asyncio

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from redis.exceptions import RedisError

DEADLINE_S = 1.0
log = structlog.get_logger(__name__)


def group_of(kind: str, ticket_id: int) -> str:
    """Return the channel group of the sockets of one kind (`comments`, `tickets`) on a ticket."""
    return f"{kind}.{ticket_id}"


def after_commit(kind: str, *, ticket_id: int, seq: int) -> None:
    """Poke the sockets of a ticket once the transaction is committed.

    A poke may get lost, with Redis for instance: every socket compares its seq with the database
    at each heartbeat, so that only the second is lost and never the comment.
    """
    transaction.on_commit(lambda: _send(kind, ticket_id, seq), robust=True)


def _send(kind: str, ticket_id: int, seq: int) -> None:
    try:
        async_to_sync(_publish)(kind, ticket_id, seq)
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("poke_lost", group=group_of(kind, ticket_id), seq=seq, error=repr(error))


async def _publish(kind: str, ticket_id: int, seq: int) -> None:
    layer = get_channel_layer()
    if layer is None:
        raise RuntimeError("no channel layer is configured")
    message = {"type": "live.poke", "ticket": ticket_id, "seq": seq}
    async with asyncio.timeout(DEADLINE_S):
        await layer.group_send(group_of(kind, ticket_id), message)
