"""Who is looking at a ticket right now: leases in Redis, renewed at each heartbeat.

Nothing depends on it: while Redis is away nobody is seen, and everything else goes on.
"""

import json
import time
from typing import Any

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from servicekit.auth import Principal

log = structlog.get_logger(__name__)


async def enter(group: str, channel: str, who: Principal) -> list[dict[str, Any]]:
    """Note or renew that a socket is open; returns everybody who is there."""
    member = _member(channel, who)
    lease = time.time() + 3 * settings.LIVE_HEARTBEAT_S
    return await _change(group, ("zadd", {member: lease}))


async def leave(group: str, channel: str, who: Principal) -> list[dict[str, Any]]:
    """Note that a socket is closed; returns everybody who is left."""
    return await _change(group, ("zrem", _member(channel, who)))


async def _change(group: str, change: tuple[str, Any]) -> list[dict[str, Any]]:
    key, (command, argument) = f"presence:{group}", change
    try:
        async with (
            Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as redis,
            redis.pipeline(transaction=True) as pipe,
        ):
            getattr(pipe, command)(key, argument)
            pipe.zremrangebyscore(key, "-inf", time.time())
            pipe.expire(key, 3600)
            pipe.zrange(key, 0, -1)
            members: list[bytes] = (await pipe.execute())[-1]
    except (RedisError, OSError) as error:
        log.warning("presence_unknown", group=group, error=repr(error))
        return []
    people = {user_id: name for user_id, name, _ in map(json.loads, members)}
    return [{"user_id": user_id, "username": people[user_id]} for user_id in sorted(people)]


def _member(channel: str, who: Principal) -> str:
    return json.dumps([who.user_id, who.username, channel])
