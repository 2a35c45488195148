"""The seal of the audit trail: each row's hash covers its values and the hash before it. Pure."""

import hashlib
import ipaddress
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

SEALED = (
    "subject",
    "seq",
    "at",
    "user_id",
    "user_name",
    "action",
    "task_id",
    "field",
    "old_value",
    "new_value",
    "details",
    "ip_address",
    "previous_hash",
)


class Sealed(Protocol):
    """A row of a chain, as far as the seal is concerned."""

    subject: str
    seq: int
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """The first row of a chain that is not what was written, and what is wrong with it."""

    subject: str
    seq: int
    reason: str


def plain(value: Any) -> Any:
    """Return what JSON and PostgreSQL give back unchanged; what they might change becomes text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():.0f}S"
    return str(value)


def plain_address(address: str | None) -> str | None:
    """Return an address as PostgreSQL's inet writes it; what is no address is nobody's."""
    if not address:
        return None
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)


def seal(row: object) -> str:
    """Return the SHA-256 (hex) over the canonical JSON of a row's values."""
    values = {name: plain(getattr(row, name)) for name in SEALED}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Verifier:
    """Checks rows that come ordered by (subject, seq), holding one row at a time."""

    def __init__(self) -> None:
        self.checked = 0
        self._subject = ""
        self._seq = 0
        self._hash = ""

    def first_alteration(self, rows: Iterable[Sealed]) -> Alteration | None:
        """Return the first fault, or None when every chain is whole as far as it goes."""
        for row in rows:
            if row.subject != self._subject:
                self._subject, self._seq, self._hash = row.subject, 0, ""
            if fault := self._fault_of(row):
                return fault
            self._seq, self._hash = row.seq, row.hash
            self.checked += 1
        return None

    def _fault_of(self, row: Sealed) -> Alteration | None:
        if row.seq != self._seq + 1:
            return self._alteration(self._seq + 1, "the row is missing")
        if row.previous_hash != self._hash:
            return self._alteration(row.seq, "it does not follow the row before it")
        if row.hash != seal(row):
            return self._alteration(row.seq, "its values are not those that were sealed")
        return None

    def _alteration(self, seq: int, reason: str) -> Alteration:
        return Alteration(subject=self._subject, seq=seq, reason=reason)
