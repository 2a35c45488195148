"""Pokes: hints to open sockets that the database holds something new of a ticket."""

from django.db import transaction

from servicekit.live.pokes import poke


def group_of(kind: str, ticket_id: int) -> str:
    """Return the channel group of the sockets of one kind (`comments`, `tickets`) on a ticket."""
    return f"{kind}.{ticket_id}"


def after_commit(kind: str, *, ticket_id: int, seq: int) -> None:
    """Poke the sockets of a ticket once the transaction is committed."""
    message = {"type": "live.poke", "ticket": ticket_id, "seq": seq}
    transaction.on_commit(lambda: poke([group_of(kind, ticket_id)], message), robust=True)
