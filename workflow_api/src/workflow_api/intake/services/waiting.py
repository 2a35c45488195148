"""Updates that came before the ticket that they are about."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from servicekit.contracts import ReceiveTicket
from servicekit.inbox.models import InboxMessage
from workflow_api.attempts import Attempts

from .. import selectors
from ..content import content_of
from .receiving import receive_update

_EACH = Attempts("waiting_update_not_applied")


def apply_waiting_updates(*, at: datetime) -> int:
    """Apply the updates whose ticket has come meanwhile, oldest first; returns how many.

    The row of the ledger is what waits; it then says what became of it. At most 200 a call, each a
    transaction of its own with the row locked; one that fails is put off.
    """
    return sum(
        _EACH.attempt(row_id, partial(_apply, row_id, at=at), at=at, failed=False)
        for row_id in selectors.updates_with_ticket(but=_EACH.put_off(at=at))
    )


@transaction.atomic
def _apply(row_id: int, *, at: datetime) -> bool:
    waiting = selectors.waiting_updates().select_for_update(skip_locked=True)
    row: InboxMessage | None = waiting.filter(pk=row_id).first()
    if row is None:
        return False
    data = ReceiveTicket.model_validate(row.payload).ticket_data
    content = content_of(data, priority_map=settings.HDTS_PRIORITY_MAP)
    became = receive_update(content, at=at)
    row.outcome, row.code = became.outcome, became.code
    row.reason, row.finished_at = became.reason, at
    row.save(update_fields=["outcome", "code", "reason", "finished_at"])
    return True
