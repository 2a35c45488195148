"""Who may invite whom: pure rules."""

from collections.abc import Iterable

from auth_service.access.rules import check_administers
from auth_service.accounts.rules import check_administers_people
from auth_service.audit.actors import Actor
from servicekit.errors import Conflict


class NotPending(Conflict):
    message = "This was decided already."


def check_may_invite(by: Actor, *, systems: Iterable[str]) -> None:
    """Refuse an invitation into a system that is not one's own, or into none by a stranger."""
    wanted = set(systems)
    if not wanted:
        check_administers_people(by)
    for system in sorted(wanted):
        check_administers(by, system=system)
