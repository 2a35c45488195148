"""Reading the ledger, and which tickets wait for a workflow."""

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from servicekit.contracts import MESSAGES, ReceiveTicket
from servicekit.inbox.models import MALFORMED, InboxMessage, Result
from workflow_api.tasks.models import Ticket
from workflow_api.workflows.models import Status, WorkflowVersion

REPLAYED = "REPLAYED"
SET_ASIDE = "SET_ASIDE"
WAITS_FOR_TICKET = "WAITS_FOR_TICKET"
UPDATES_AT_ONCE = 200
TICKETS_AT_ONCE = 200
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)

_FITTING = """
WITH asked AS (
    SELECT DISTINCT lower(category) AS category, lower(sub_category) AS sub_category
    FROM workflows_workflow WHERE status = 'deployed'
), fitting AS (
    SELECT t.* FROM asked CROSS JOIN LATERAL (
        SELECT id, received_at FROM tasks_ticket
        WHERE state = 'unmatched' AND lower(category) = asked.category
          AND lower(sub_category) = asked.sub_category
          AND (received_at, id) > (%(received_at)s, %(id)s) AND id <> ALL(%(but)s)
        ORDER BY received_at, id LIMIT %(at_once)s
    ) t WHERE asked.sub_category <> ''
    UNION
    SELECT t.* FROM asked CROSS JOIN LATERAL (
        SELECT id, received_at FROM tasks_ticket
        WHERE state = 'unmatched' AND lower(category) = asked.category
          AND (received_at, id) > (%(received_at)s, %(id)s) AND id <> ALL(%(but)s)
        ORDER BY received_at, id LIMIT %(at_once)s
    ) t WHERE asked.sub_category = ''
), first AS (
    SELECT id FROM fitting ORDER BY received_at, id LIMIT %(at_once)s
)
SELECT id, received_at, category, sub_category, department
FROM tasks_ticket WHERE id IN (SELECT id FROM first) ORDER BY received_at, id
"""


def deliveries() -> QuerySet[InboxMessage]:
    """Return the ledger of tickets, newest first: also what no ticket could be read from."""
    return InboxMessage.objects.filter(
        Q(task=ReceiveTicket.TASK) | Q(queue=ReceiveTicket.QUEUE)
    ).order_by("-id")


def dead_letters(*, is_set_aside: bool | None = None) -> QuerySet[InboxMessage]:
    """Return what any of our queues brought, could not be worked and was not replayed since.

    With `is_set_aside` only what somebody has set aside for good, or only what nobody has.
    """
    parked = InboxMessage.objects.filter(outcome=Result.PARKED).exclude(code=REPLAYED)
    if is_set_aside is not None:
        aside = Q(code=SET_ASIDE)
        parked = parked.filter(aside if is_set_aside else ~aside)
    return parked.order_by("-id")


def narrowed(
    rows: QuerySet[InboxMessage],
    *,
    outcome: str | None,
    search: str | None,
    since: datetime | None,
    until: datetime | None,
) -> QuerySet[InboxMessage]:
    """Return the rows with that outcome, ticket number (its beginning) or id, in that time."""
    if outcome:
        rows = rows.filter(outcome=outcome)
    if search:
        rows = rows.filter(_numbered(search))
    if since:
        rows = rows.filter(received_at__gte=since)
    if until:
        rows = rows.filter(received_at__lt=until)
    return rows


def _numbered(search: str) -> Q:
    """Return the condition for a ticket number's beginning or a message id: by index, each."""
    ids = [search, f"{MALFORMED}{search}"]
    found = Q(task__in=["", *sorted(MESSAGES)], message_id__in=ids)
    if search.startswith(MALFORMED):  # ids of our own, whatever the task
        found |= Q(outcome=Result.PARKED, message_id=search)
    for beginning in {search, search.upper(), search.lower()}:
        found |= Q(task=ReceiveTicket.TASK, subject__startswith=beginning)
    return found


def waiting_updates() -> QuerySet[InboxMessage]:
    """Return the updates whose ticket had not come when they did."""
    return InboxMessage.objects.filter(
        task=ReceiveTicket.TASK, outcome=Result.UNMATCHED, code=WAITS_FOR_TICKET
    )


def updates_with_ticket(*, but: Collection[int] = ()) -> list[int]:
    """Return those of the waiting updates whose ticket has come, oldest first, at most 200.

    `but` are left out.
    """
    ticket = Ticket.objects.filter(external_id=OuterRef("subject"))
    rows = waiting_updates().filter(Exists(ticket)).exclude(pk__in=but).order_by("id")
    return list(rows.values_list("pk", flat=True)[:UPDATES_AT_ONCE])


def unmatched_fitting(*, after: Ticket | None = None, but: Collection[int] = ()) -> list[Ticket]:
    """Return tickets that a deployed workflow fits by now, oldest first, at most 200.

    `after` goes on behind that one, `but` are left out. What no workflow fits costs nothing: each
    workflow looks up its own.
    """
    params = {
        "received_at": after.received_at if after else _BEFORE_ALL,
        "id": after.id if after else 0,
        "but": list(but),
        "at_once": TICKETS_AT_ONCE,
    }
    return list(Ticket.objects.raw(_FITTING, params))


def deployed_version_of(workflow_id: int) -> int | None:
    """Return the version that new tickets of a workflow run on, while it is deployed."""
    rows = WorkflowVersion.objects.filter(
        current_for=workflow_id, current_for__status=Status.DEPLOYED
    )
    return rows.values_list("pk", flat=True).first()
