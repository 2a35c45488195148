"""Who may see and write what; pure rules over a ticket and a caller."""

from collections.abc import Collection
from typing import Protocol

from servicekit.errors import Forbidden, NotFound

SYSTEM = "tts"


class TicketNotFound(NotFound):
    """Told for unknown and for foreign tickets alike, so that ids cannot be probed."""

    message = "There is no such ticket."


class NotAnAgent(Forbidden):
    code = "NOT_AN_AGENT"
    message = "Only holders of a role in the ticket tracking system may write here."


class Caller(Protocol):
    """The part of a principal that decides."""

    @property
    def user_id(self) -> int: ...
    def roles_in(self, system: str) -> frozenset[str]: ...
    def is_admin(self, system: str = ...) -> bool: ...


class People(Protocol):
    """The part of a ticket that decides; participants are those of now and of before."""

    @property
    def participants(self) -> Collection[int]: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def role_names(self) -> Collection[str]: ...


def may_read(caller: Caller, ticket: People) -> bool:
    """Return whether the caller may see the ticket's comments."""
    return (
        caller.user_id in ticket.participants
        or caller.user_id == ticket.owner_id
        or caller.is_admin(SYSTEM)
        or not caller.roles_in(SYSTEM).isdisjoint(ticket.role_names)
    )


def is_agent(caller: Caller) -> bool:
    """Return whether the caller holds any tts role: may write, and sees internal comments."""
    return bool(caller.roles_in(SYSTEM))


def check_may_write(caller: Caller) -> None:
    """Raise NotAnAgent for those who may only read."""
    if not is_agent(caller):
        raise NotAnAgent
