"""The table of who may call what, and how it is read."""

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("matrix.txt")
CALLERS = (
    "anonymous",
    "no_role",
    "agent",
    "coordinator",
    "admin",
    "other_admin",
    "service",  # a service client with a token for this service and every scope
    "disabled",
)
PREFIXES = {
    "auth_service": "/auth",
    "workflow_api": "/workflow",
    "messaging_service": "/messaging",
    "notification_service": "/notification",
    "ticket_service": "/hdts",
}
# Ids that nobody has, so that whoever may look finds nothing and nothing is changed.
UNKNOWN = {
    "int": "999999999",
    "str": "T-999999999",
    "slug": "no-such-thing",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Row:
    """One route of one service, with the status that each kind of caller must get."""

    service: str
    method: str
    route: str
    statuses: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def path(self) -> str:
        """The public path with ids that nobody has."""
        filled = re.sub(r"<(\w+):\w+>", lambda found: UNKNOWN[found[1]], self.route)
        return PREFIXES[self.service] + filled


def rows() -> list[Row]:
    """Return the table."""
    found, service = [], ""
    for line in TABLE.read_text().splitlines():
        if line.startswith("# ") or not line.strip():
            continue
        if line.startswith("["):
            service = line.strip("[]")
            continue
        method, route, *statuses = line.split()
        assert len(statuses) == len(CALLERS), f"not a status for each caller: {line}"
        found.append(Row(service, method, route, tuple(statuses)))
    return found
