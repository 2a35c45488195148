"""Who is looking at a ticket right now: leases in Redis, renewed at each heartbeat.

Nothing depends on it: while Redis is away nobody is seen, and everything else goes on.
"""

import asyncio
import json
import time
from typing import Any

import structlog
from django.conf import settings
from redis.exceptions import RedisError

from servicekit.auth import Principal
from servicekit.live.tickets import quick_redis

KEEP_S = 0.5  # all sockets of a process look at the same picture
_seen: dict[str, tuple[float, list[dict[str, Any]]]] = {}
log = structlog.get_logger(__name__)


async def enter(group: str, channel: str, who: Principal) -> None:
    """Note or renew that a socket is open."""
    lease = time.time() + 3 * settings.LIVE_HEARTBEAT_S
    await _do(group, ("zadd", {_member(channel, who): lease}), ("expire", 3600))


async def leave(group: str, channel: str, who: Principal) -> None:
    """Note that a socket is closed."""
    await _do(group, ("zrem", _member(channel, who)))


async def people(group: str) -> list[dict[str, Any]]:
    """Return everybody with an open socket, by user id; at most half a second old."""
    looked_at, found = _seen.get(group, (0.0, []))
    if time.monotonic() - looked_at < KEEP_S:
        return found
    members = await _do(group, ("zremrangebyscore", "-inf", time.time()), ("zrange", 0, -1))
    names = {user_id: name for user_id, name, _ in map(json.loads, members)}
    found = [{"user_id": user_id, "username": names[user_id]} for user_id in sorted(names)]
    _forget_old()
    _seen[group] = (time.monotonic(), found)
    return found


def _forget_old() -> None:
    limit = time.monotonic() - KEEP_S
    for group in [each for each, (looked_at, _) in _seen.items() if looked_at < limit]:
        del _seen[group]


async def _do(group: str, *commands: tuple[Any, ...]) -> list[bytes]:
    """Run commands on the group's key; returns the answer of the last one, [] without Redis."""
    try:
        answer = await asyncio.to_thread(_run, f"presence:{group}", commands)
    except (RedisError, OSError) as error:
        log.warning("presence_unknown", group=group, error=repr(error))
        return []
    return answer if isinstance(answer, list) else []


def _run(key: str, commands: tuple[tuple[Any, ...], ...]) -> object:
    with quick_redis(settings.REDIS_URL).pipeline(transaction=True) as pipe:
        for name, *arguments in commands:
            getattr(pipe, name)(key, *arguments)
        return pipe.execute()[-1]


def _member(channel: str, who: Principal) -> str:
    return json.dumps([who.user_id, who.username, channel])
