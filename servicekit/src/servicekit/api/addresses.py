"""From where a request comes."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """Return the address that the gateway saw, where it is the gateway that asks us.

    The gateway overwrites `X-Forwarded-For`; from anybody who is not in TRUSTED_PROXIES the header
    is what the caller made up.
    """
    peer = _valid(request.META.get("REMOTE_ADDR", ""))
    forwarded = _valid(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return forwarded if forwarded and peer and is_proxy(peer) else peer


@lru_cache(maxsize=1024)
def is_proxy(peer: str) -> bool:
    """Whether this address is one of ours that forwards requests."""
    return any(ip_address(peer) in ip_network(each) for each in settings.TRUSTED_PROXIES)


def _valid(proposed: str) -> str | None:
    try:
        return str(ip_address(proposed))
    except ValueError:
        return None
