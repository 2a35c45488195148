"""How often a name may be tried: atomic counters in Redis, one script for each question.

An attempt is counted before the password is looked at, so that a thousand attempts at once get
no more guesses than a thousand in a row.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from auth_service.accounts.models import User
from auth_service.accounts.names import folded
from servicekit.errors import RateLimited, Unavailable

REFUSE = """
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[i]) then
    return {0, redis.call('PTTL', key)}
  end
end
"""
CHECK = REFUSE + "return {1, 0}"
RESERVE = (
    REFUSE
    + """
local last = 0
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  if count == 1 or count == tonumber(ARGV[i]) then redis.call('PEXPIRE', key, ARGV[#KEYS + 1]) end
  if count == tonumber(ARGV[i]) then last = 1 end
end
return {1, last}
"""
)
RELEASE = """
for i = 1, #KEYS, 2 do
  redis.call('DEL', KEYS[i])
  if tonumber(redis.call('GET', KEYS[i + 1]) or '0') > 0 then redis.call('DECR', KEYS[i + 1]) end
end
return 1
"""
What = Literal["sign-in", "otp", "otp-mail"]


class TooOften(RateLimited):
    message = "Too many requests of this kind; try again in {retry_after} s."


class TooManyAttempts(RateLimited):
    message = "Too many attempts to sign in; try again in {retry_after} s."


class TooManyMails(RateLimited):
    message = "Enough codes were mailed; use the last one, or try again in {retry_after} s."


@dataclass(frozen=True)
class Attempt:
    """One reserved attempt; `is_last` when the next one would be refused."""

    keys: list[str]
    is_last: bool


def reserve(
    *, name: str, user: User | None, ip_address: str | None, what: What = "sign-in"
) -> Attempt:
    """Count an attempt for (name, address) and for the name; user name and address share one.

    Passwords ("sign-in") and codes ("otp") are counted apart.
    Raises TooManyAttempts, or Unavailable while Redis is away: unlimited guessing is worse.
    """
    who = f"user:{user.pk}" if user else f"name:{_digest(folded(name))}"
    counted = _keys(what, who, ip_address)
    is_last = _asked(RESERVE, counted, _bounds(what), refusal=TooManyAttempts)
    mails = _keys("otp-mail", who, ip_address) if what == "otp" else []
    return Attempt([*counted, *mails], is_last=is_last)


def release(attempt: Attempt) -> None:
    """Forget the failures of this (name, address), and this attempt of the name.

    After a right code the mails that led to it are forgotten likewise.
    """
    _run(RELEASE, attempt.keys, [])


def admit_mail(user: User, *, ip_address: str | None) -> None:
    """Count a mail with a code, for (person, address) and for the person, until a code is right.

    None goes out to who may not try it. Raises TooManyAttempts, TooManyMails, Unavailable.
    """
    who = f"user:{user.pk}"
    _asked(CHECK, _keys("otp", who, ip_address), _bounds("otp"), refusal=TooManyAttempts)
    mails = _keys("otp-mail", who, ip_address)
    _asked(RESERVE, mails, _bounds("otp-mail"), refusal=TooManyMails)


def admit(kind: str, *, account: str, ip_address: str | None) -> None:
    """Count one call of an endpoint that is open to anybody, for its address and account.

    Raises TooOften, or Unavailable while Redis is away.
    """
    names = [f"auth:open:{{{kind}}}:account:{_digest(folded(account))}"]
    names.append(f"auth:open:{{{kind}}}:address:{ip_address}")
    allowed = [settings.OPEN_CALLS_PER_ACCOUNT, settings.OPEN_CALLS_PER_ADDRESS]
    _asked(RESERVE, names, [*allowed, _ms(settings.OPEN_CALLS_WINDOW)], refusal=TooOften)


def forget(user: User) -> None:
    """Forget every failure of a person, so that a lock ends. Raises Unavailable."""
    try:
        for key in _redis().scan_iter(f"auth:*:{{user:{user.pk}}}*", count=1000):
            _redis().delete(key)
    except RedisError as away:
        raise Unavailable("Unlocking is not possible right now.", retry_after=5) from away


def _keys(what: What, who: str, ip_address: str | None) -> list[str]:
    return [f"auth:{what}:{{{who}}}:{ip_address}", f"auth:{what}:{{{who}}}"]


def _bounds(what: What) -> list[int]:
    """Return how many an address and a person have, and for how many milliseconds."""
    match what:
        case "sign-in":
            most = [settings.SIGN_IN_ATTEMPTS_PER_ADDRESS, settings.SIGN_IN_ATTEMPTS_PER_NAME]
            return [*most, _ms(settings.SIGN_IN_LOCK)]
        case "otp":
            most = [settings.OTP_ATTEMPTS_PER_ADDRESS, settings.OTP_ATTEMPTS_PER_NAME]
        case "otp-mail":
            most = [settings.OTP_MAILS_PER_ADDRESS, settings.OTP_MAILS_PER_NAME]
    return [*most, _ms(settings.OTP_LOCK)]


def _ms(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)


def _asked(script: str, names: list[str], bounds: list[int], *, refusal: type[RateLimited]) -> bool:
    """Whether what was counted was the last one; raises the refusal beyond it."""
    granted, value = _run(script, names, bounds)
    if not granted:
        raise refusal(retry_after=max(1, math.ceil(value / 1000)))
    return bool(value)


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
