"""How many requests a minute one caller may make, counted in Redis, told on every answer."""

import time
from collections.abc import Callable
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from redis import Redis
from redis.exceptions import RedisError

from servicekit.auth.bearer import claimed_by
from servicekit.auth.principal import Principal
from servicekit.auth.programs import program_of
from servicekit.errors import RateLimited

from .addresses import address_of
from .errors import as_answer

WINDOW_S = 60
UNLIMITED = ("/livez/", "/metrics", "/static/")  # need no Redis, and are told nothing
UNCOUNTED = ("/health/", "/readyz/")  # are told how it stands, as often as they like
COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('TTL', KEYS[1])}
"""
log = structlog.get_logger(__name__)


class RateLimitMiddleware:
    """Answer 429 beyond the limit; X-RateLimit-Reset is the second of the epoch when it ends.

    A caller without a good token or API key counts by address, so that guessing is limited too.
    While Redis is away nobody is held up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request within the limit of its caller."""
        if request.path_info.startswith(UNLIMITED):
            return self.get_response(request)
        key, limit = _who(request)
        is_free = request.path_info.startswith(UNCOUNTED)
        count, left_s = _count(key, weight=0 if is_free else 1)
        response = (
            self.get_response(request)
            if count <= limit or is_free
            else as_answer(RateLimited(retry_after=max(1, left_s)))
        )
        response["X-RateLimit-Limit"] = str(limit)
        response["X-RateLimit-Remaining"] = str(max(0, limit - count))
        response["X-RateLimit-Reset"] = str(int(time.time()) + left_s)
        return response


def _who(request: HttpRequest) -> tuple[str, int]:
    limits = settings.RATE_LIMITS
    who = claimed_by(request)
    if isinstance(who, Principal):
        return who.key, limits["admin" if who.is_admin() else "user"]
    if program := program_of(request):
        return program.key, limits["user"]
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return f"staff:{request.user.pk}", limits["admin"]
    return f"address:{address_of(request)}", limits["anonymous"]


def _count(key: str, *, weight: int) -> tuple[int, int]:
    name = f"rate:{settings.SERVICE_NAME}:{key}"
    try:
        count, left_s = _redis().eval(COUNT, 1, name, str(WINDOW_S), str(weight))
    except RedisError as away:
        log.warning("requests_not_counted", error=repr(away))
        return 0, WINDOW_S
    return count, left_s


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
