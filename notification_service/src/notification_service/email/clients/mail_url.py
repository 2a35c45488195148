"""`smtp://user:password@host:port` as the address of a mail server. Pure."""

from typing import Final
from urllib.parse import unquote, urlsplit

from .address import SmtpAddress

_PORTS: Final = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def parsed(url: str, *, sender: str) -> SmtpAddress:
    """Read smtp:// (plain), smtp+tls:// (STARTTLS) or smtps://; raises ValueError for others."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("EMAIL_URL must be smtp://, smtp+tls:// or smtps:// with a host")
    return SmtpAddress(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_starttls=parts.scheme == "smtp+tls",
        sender=sender,
    )
