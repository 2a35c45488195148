"""API keys of the programs that may ask for mail. Pure."""

import hmac
from collections.abc import Mapping
from hashlib import sha256


def digest(key: str) -> str:
    """Return the form in which a key is configured: the hex SHA-256 of its UTF-8 bytes."""
    return sha256(key.encode()).hexdigest()


def owner_of(key: str, *, known: Mapping[str, str]) -> str | None:
    """Return the name whose key this is; looks at every known key, in constant time each."""
    given = digest(key)
    owners = [name for name, stored in known.items() if hmac.compare_digest(stored, given)]
    return owners[0] if owners else None


def parsed(text: str) -> dict[str, str]:
    """Read `name:sha256hex,…` as settings hold it; raises ValueError for anything else."""
    keys: dict[str, str] = {}
    for part in filter(None, (item.strip() for item in text.split(","))):
        name, _, stored = part.rpartition(":")
        if not name or len(stored) != 64 or set(stored) - set("0123456789abcdef"):
            raise ValueError(f"{part!r} is not name:sha256hex")
        keys[name] = stored
    return keys
