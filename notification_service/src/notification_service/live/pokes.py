"""Pokes: hints to open sockets that the database holds something new for a person."""

from collections.abc import Iterable

from servicekit.live.pokes import poke as poke_groups


def group_of(user_id: int) -> str:
    """Return the channel group of a person's sockets."""
    return f"alerts.{user_id}"


def poke(user_ids: Iterable[int]) -> None:
    """Poke people's sockets; call it after the commit."""
    poke_groups([group_of(user_id) for user_id in user_ids], {"type": "alerts.changed"})
