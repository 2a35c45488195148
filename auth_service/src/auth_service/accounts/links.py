"""One-time links: a random token for the mail, its hash for the database."""

import hashlib
import secrets

from django.conf import settings

from servicekit.errors import Invalid


class LinkInvalid(Invalid):
    """Unknown, spent, revoked and expired links answer alike."""

    code = "LINK_INVALID"
    message = "This link is not valid any more; ask for a new one."


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return what is kept of a token; it is random, so no salt is needed."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def url(page: str, token: str) -> str:
    """Return the address for the mail; what follows # reaches no server and no log."""
    return f"{settings.PUBLIC_URL}/{page}#token={token}"
