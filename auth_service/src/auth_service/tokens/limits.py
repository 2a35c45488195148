"""How often a name may be tried: atomic counters in Redis, one script for each question.

An attempt is counted before the password is looked at, so that a thousand attempts at once get
no more guesses than a thousand in a row.
"""

import hashlib
import math
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from auth_service.accounts.models import User
from auth_service.accounts.names import folded
from servicekit.errors import RateLimited, Unavailable

RESERVE = """
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[i]) then
    return {0, redis.call('PTTL', key)}
  end
end
local last = 0
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  if count == 1 or count == tonumber(ARGV[i]) then redis.call('PEXPIRE', key, ARGV[#KEYS + 1]) end
  if count == tonumber(ARGV[i]) then last = 1 end
end
return {1, last}
"""
RELEASE = """
redis.call('DEL', KEYS[1])
if tonumber(redis.call('GET', KEYS[2]) or '0') > 0 then redis.call('DECR', KEYS[2]) end
return 1
"""


class TooOften(RateLimited):
    message = "Too many requests of this kind; try again in {retry_after} s."


class TooManyAttempts(RateLimited):
    message = "Too many attempts to sign in; try again in {retry_after} s."


@dataclass(frozen=True)
class Attempt:
    """One reserved attempt; `is_last` when the next one would be refused."""

    keys: list[str]
    is_last: bool


def reserve(
    *, name: str, user: User | None, ip_address: str | None, what: str = "sign-in"
) -> Attempt:
    """Count an attempt for (name, address) and for the name; user name and address share one.

    `what` is "sign-in" or "otp", which are counted apart.
    Raises TooManyAttempts, or Unavailable while Redis is away: unlimited guessing is worse.
    """
    who = f"user:{user.pk}" if user else f"name:{_digest(folded(name))}"
    attempt_keys = [f"auth:{what}:{{{who}}}:{ip_address}", f"auth:{what}:{{{who}}}"]
    limits = [settings.SIGN_IN_ATTEMPTS_PER_ADDRESS, settings.SIGN_IN_ATTEMPTS_PER_NAME]
    lock_ms = int(settings.SIGN_IN_LOCK.total_seconds() * 1000)
    granted, value = _run(RESERVE, attempt_keys, [*limits, lock_ms])
    if not granted:
        raise TooManyAttempts(retry_after=max(1, math.ceil(value / 1000)))
    return Attempt(attempt_keys, is_last=bool(value))


def release(attempt: Attempt) -> None:
    """Forget the failures of this (name, address), and this attempt of the name."""
    _run(RELEASE, attempt.keys, [])


def admit(kind: str, *, account: str, ip_address: str | None) -> None:
    """Count one call of an endpoint that is open to anybody, for its address and account.

    Raises TooOften, or Unavailable while Redis is away.
    """
    names = [f"auth:open:{{{kind}}}:account:{_digest(folded(account))}"]
    names.append(f"auth:open:{{{kind}}}:address:{ip_address}")
    allowed = [settings.OPEN_CALLS_PER_ACCOUNT, settings.OPEN_CALLS_PER_ADDRESS]
    window_ms = int(settings.OPEN_CALLS_WINDOW.total_seconds() * 1000)
    granted, value = _run(RESERVE, names, [*allowed, window_ms])
    if not granted:
        raise TooOften(retry_after=max(1, math.ceil(value / 1000)))


def forget(user: User) -> None:
    """Forget every failure of a person, so that a lock ends. Raises Unavailable."""
    try:
        for key in _redis().scan_iter(f"auth:*:{{user:{user.pk}}}*", count=1000):
            _redis().delete(key)
    except RedisError as away:
        raise Unavailable("Unlocking is not possible right now.", retry_after=5) from away


def _run(script: str, names: list[str], arguments: list[int]) -> list[int]:
    try:
        result = _redis().eval(script, len(names), *names, *arguments)
    except RedisError as away:
        raise Unavailable("This is not possible right now.", retry_after=5) from away
    return result if isinstance(result, list) else [int(str(result))]


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
