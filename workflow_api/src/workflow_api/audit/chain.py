"""The seal of the audit trail: each row's hash covers its values and the hash before it. Pure."""

import ipaddress
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workflow_api.audit.evidence import ROW, Alteration, digest, row_fault


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
    if isinstance(value, date):
        return value.isoformat()
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


def values_of(sealed: object, names: Iterable[str] = ROW) -> dict[str, Any]:
    """Return the values of a new row (or an anchor) as its seal covers them."""
    return {name: plain(getattr(sealed, name)) for name in names}


def seal(sealed: object, names: Iterable[str] = ROW) -> str:
    """Return the hash of the values of a new row (or an anchor)."""
    return digest(values_of(sealed, names), names)


def stored(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the database gave it, its time as the seal covers it; the rest as it is."""
    row["at"] = _text(row["at"])
    return row


class Verifier:
    """Checks rows that come ordered by (subject, seq), holding one row at a time."""

    def __init__(self) -> None:
        self.checked = 0
        self._subject = ""
        self._seq = 0
        self._hash = ""

    def first_alteration(self, rows: Iterable[Mapping[str, Any]]) -> Alteration | None:
        """Return the first fault, or None when every chain is whole as far as it goes."""
        for row in rows:
            if row["subject"] != self._subject:
                self._subject, self._seq, self._hash = row["subject"], 0, ""
            if fault := row_fault(row, seq=self._seq, previous=self._hash):
                return fault
            self._seq, self._hash = row["seq"], row["hash"]
            self.checked += 1
        return None
