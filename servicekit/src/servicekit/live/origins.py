"""Which pages may open a socket."""

from urllib.parse import urlsplit

from django.conf import settings

_PORTS = {"http": 80, "https": 443}


def is_allowed(origin: str | None = None) -> bool:
    """Return whether a client with this Origin header may go on; every browser sends one."""
    ours = [settings.PUBLIC_URL, *getattr(settings, "LIVE_ORIGINS", [])]
    return origin is None or _parts(origin) in {_parts(url) for url in ours} - {None}


def _parts(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
