"""Who acts: a signed-in person, an operator's command, or somebody unknown."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who changes something, with the systems that they may administer."""

    user_id: int | None = None
    username: str = ""
    admin_of: frozenset[str] = frozenset()
    is_superuser: bool = False
    ip_address: str | None = None

    def administers(self, system: str) -> bool:
        """Whether this actor may change the roles and memberships of a system."""
        return self.is_superuser or system in self.admin_of


OPERATOR = Actor(username="operator", is_superuser=True)
