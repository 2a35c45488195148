"""The caller of a request, as Auth vouches for them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from rest_framework.request import Request

ADMIN_ROLE = "Admin"
CLIENT = "client:"  # begins the subject of a service client's token


@dataclass(frozen=True, kw_only=True)
class Principal:
    """A signed-in person with roles per system: `("tts", "L1 Support")`.

    A service client (machine to machine) has a `client_id`, the user id 0, no roles, and its
    scopes as permissions.
    """

    user_id: int
    username: str
    client_id: str = ""
    email: str = ""
    roles: frozenset[tuple[str, str]] = frozenset()
    permissions: frozenset[str] = frozenset()
    session_id: str = ""
    version: int = 0
    expires_at: datetime = field(default=datetime.max.replace(tzinfo=UTC))

    is_authenticated = True  # what Django and DRF ask of a user

    @classmethod
    def of_claims(cls, claims: dict[str, Any]) -> Self:
        """Return the principal of verified claims; raises KeyError, TypeError or ValueError."""
        subject = str(claims["sub"])
        is_client = subject.startswith(CLIENT)
        granted = str(claims["scope"]).split() if is_client else claims.get("permissions", [])
        return cls(
            user_id=0 if is_client else int(subject),
            client_id=subject[len(CLIENT) :] if is_client else "",
            username=str(claims["username"]),
            email=str(claims.get("email", "")),
            roles=frozenset([(str(r["system"]), str(r["role"])) for r in claims.get("roles", [])]),
            permissions=frozenset(map(str, granted)),
            session_id=str(claims.get("sid", "")),
            version=int(claims.get("ver", 0)),
            expires_at=datetime.fromtimestamp(claims["exp"], tz=UTC),
        )

    @property
    def key(self) -> str:
        """Return what tells callers apart: `user:7` or `client:4f0c…`."""
        return f"{CLIENT}{self.client_id}" if self.client_id else f"user:{self.user_id}"

    def has_scope(self, name: str) -> bool:
        """Whether this is a service client whose token says so; people have roles, no scopes."""
        return bool(self.client_id) and name in self.permissions

    def has_role(self, system: str, name: str) -> bool:
        """Whether this person holds the role in the system."""
        return (system, name) in self.roles

    def roles_in(self, system: str) -> frozenset[str]:
        """Return the names of the roles held in one system."""
        return frozenset(name for where, name in self.roles if where == system)

    def is_admin(self, system: str = "tts") -> bool:
        """Whether this person administers the system."""
        return self.has_role(system, ADMIN_ROLE)


def caller(request: Request) -> Principal:
    """Return who calls; for views behind `SignedIn`, where there always is somebody."""
    assert isinstance(request.user, Principal)
    return request.user
