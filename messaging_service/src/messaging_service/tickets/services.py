"""Writes of the ticket projection."""

from datetime import datetime

from django.db import connection, transaction

from messaging_service.live import pokes
from servicekit.auth import Principal
from servicekit.contracts import TicketProjection

from .access import TicketNotFound, may_read
from .models import Ticket

_COLUMNS = (
    "ticket_id",
    "external_ticket_id",
    "task_id",
    "title",
    "status",
    "workflow_name",
    "participants",
    "owner_id",
    "role_names",
    "version",
    "updated_at",
)
_MERGED = """ARRAY(
    SELECT DISTINCT who FROM unnest(t.participants || excluded.participants) who ORDER BY who
)"""
# One statement: the row is locked and its version compared as it is then.
_TAKE_OVER = """
INSERT INTO {table} AS t ({columns}, head_seq) VALUES ({values}, 0)
ON CONFLICT (ticket_id) DO UPDATE SET {changes} WHERE t.version < excluded.version
RETURNING ticket_id
""".format(
    table=Ticket._meta.db_table,
    columns=", ".join(_COLUMNS),
    values=", ".join(f"%({name})s" for name in _COLUMNS),
    changes=", ".join(
        f"{name} = {_MERGED if name == 'participants' else f'excluded.{name}'}"
        for name in _COLUMNS[1:]
    ),
)


@transaction.atomic(savepoint=False)
def apply_projection(wanted: TicketProjection, *, at: datetime) -> bool:
    """Take over a ticket's state unless a newer version is here; returns whether it was newer.

    The ticket row is locked until commit. Former participants stay: they may go on reading.
    """
    values = wanted.model_dump(include=set(_COLUMNS)) | {
        "participants": sorted(set(wanted.participants)),
        "role_names": sorted(set(wanted.role_names)),
        "updated_at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OVER, values)
        is_newer = cursor.fetchone() is not None
    if is_newer:
        pokes.after_commit("tickets", ticket_id=wanted.ticket_id, seq=wanted.version)
    return is_newer


def locked_ticket(ticket_id: int, *, by: Principal) -> Ticket:
    """Return a readable ticket, its row locked until commit; raises TicketNotFound."""
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
    if ticket is None or not may_read(by, ticket):
        raise TicketNotFound
    return ticket


def next_seq(ticket: Ticket) -> int:
    """Allocate the next seq of a ticket that is locked."""
    ticket.head_seq += 1
    ticket.save(update_fields=["head_seq"])
    return ticket.head_seq
