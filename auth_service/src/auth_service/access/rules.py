"""Who may change which roles: pure rules."""

import re
from collections.abc import Iterable

from auth_service.audit.actors import Actor
from servicekit.errors import Conflict, Forbidden, Invalid

PERMISSION = re.compile(r"[A-Za-z][A-Za-z0-9_.:*-]{0,99}", re.ASCII)
HOME_SYSTEM = "tts"


class NotYourSystem(Forbidden):
    message = "Only an administrator of {system} may do this."


class NotYourself(Forbidden):
    message = "Nobody changes their own roles; ask another administrator."


class BuiltIn(Conflict):
    message = "{name} is built in and cannot be changed or deleted."


def check_administers(by: Actor, *, system: str) -> None:
    """Refuse everybody but the administrators of that very system."""
    if not by.administers(system):
        raise NotYourSystem(system=system)


def check_not_self(by: Actor, *, user_id: int) -> None:
    """Refuse somebody who would raise himself."""
    if by.user_id == user_id:
        raise NotYourself


def check_not_builtin(name: str, *, is_builtin: bool) -> None:
    """Refuse to touch what every installation relies on."""
    if is_builtin:
        raise BuiltIn(name=name)


def check_permissions(permissions: Iterable[str], *, systems: Iterable[str]) -> None:
    """Refuse permission names that are malformed or claim to be of a certain system."""
    reserved = tuple(f"{slug}:" for slug in systems)
    for each in permissions:
        if not PERMISSION.fullmatch(each) or each.startswith(reserved):
            raise Invalid(
                "A permission is a word of letters, digits and . _ - : * "
                "that does not start with the name of a system and a colon.",
                field="permissions",
            )


def qualified(permission: str, *, system: str) -> str:
    """The permission as a token carries it: those of other systems are marked as theirs."""
    return permission if system == HOME_SYSTEM else f"{system}:{permission}"
