"""One-time tickets, because a browser cannot send a bearer token when it opens a socket."""

import asyncio
import json
import secrets
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from servicekit.auth import Principal
from servicekit.errors import Unavailable

LIFETIME_S = 30


def issue(principal: Principal, path: str, origin: str | None) -> tuple[str, int]:
    """Store a ticket for one socket; returns value and lifetime in seconds. Raises Unavailable."""
    value = secrets.token_urlsafe(32)
    body = json.dumps({"path": path.strip("/"), "origin": origin, "who": _dump(principal)})
    try:
        quick_redis(_url()).set(_key(value), body, ex=LIFETIME_S)
    except RedisError as error:
        raise Unavailable(retry_after=5) from error
    return value, LIFETIME_S


async def redeem(value: str, path: str, origin: str | None = None) -> Principal | None:
    """Spend a ticket; None when unknown, spent, expired or for another path or Origin.

    One issued without Origin header opens sockets of every allowed Origin. Raises RedisError.
    """
    raw = await asyncio.to_thread(quick_redis(_url()).getdel, _key(value))
    body = json.loads(cast(bytes | None, raw) or "null")
    if body is None or body["path"] != path.strip("/") or body["origin"] not in (None, origin):
        return None
    principal = _load(body["who"])
    return principal if principal.expires_at > datetime.now(UTC) else None


@cache
def quick_redis(url: str) -> Redis:
    """Return the process's client, which fails within seconds instead of waiting for Redis."""
    retry = Retry(NoBackoff(), 1)  # once at once: a pooled connection may be of before a restart
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=retry)


def _url() -> str:
    return str(getattr(settings, "LIVE_REDIS_URL", None) or settings.REDIS_URL)


def _key(value: str) -> str:
    return f"live:ticket:{sha256(value.encode()).hexdigest()}"


def _dump(principal: Principal) -> dict[str, Any]:
    sets = {"roles": sorted(principal.roles), "permissions": sorted(principal.permissions)}
    return {**vars(principal), **sets, "expires_at": principal.expires_at.isoformat()}


def _load(who: dict[str, Any]) -> Principal:
    roles = frozenset((system, role) for system, role in who["roles"])
    sets = {"roles": roles, "permissions": frozenset(who["permissions"])}
    expires_at = datetime.fromisoformat(who["expires_at"])
    return Principal(**{**who, **sets, "expires_at": expires_at})
