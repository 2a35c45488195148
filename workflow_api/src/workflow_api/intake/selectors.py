"""Reading the ledger, and which tickets wait for a workflow."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from servicekit.contracts import MESSAGES, ReceiveTicket
from servicekit.inbox.models import InboxMessage, Result
from workflow_api.tasks.models import Ticket, TicketState
from workflow_api.workflows.models import Status, WorkflowVersion

REPLAYED = "REPLAYED"
SET_ASIDE = "SET_ASIDE"
MALFORMED = "malformed:"
WAITS_FOR_TICKET = "WAITS_FOR_TICKET"
UPDATES_AT_ONCE = 200
KINDS_AT_ONCE = 500
TICKETS_AT_ONCE = 200


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
    found = Q(task__in=sorted(MESSAGES), message_id=search)
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


def updates_with_ticket() -> list[int]:
    """Return those of the waiting updates whose ticket has come, oldest first, at most 200."""
    ticket = Ticket.objects.filter(external_id=OuterRef("subject"))
    rows = waiting_updates().filter(Exists(ticket)).order_by("id")
    return list(rows.values_list("pk", flat=True)[:UPDATES_AT_ONCE])


def unmatched_kinds() -> list[dict[str, str]]:
    """Return the distinct (lower-case) kinds of tickets that wait for a workflow."""
    kinds = Ticket.objects.filter(state=TicketState.UNMATCHED).values_list(
        Lower("category"), Lower("sub_category"), Lower("department")
    )
    names = ("category", "sub_category", "department")
    return [dict(zip(names, kind, strict=True)) for kind in kinds.distinct()[:KINDS_AT_ONCE]]


def unmatched_ids(*, category: str, sub_category: str, department: str) -> list[int]:
    """Return the tickets of one kind that wait for a workflow, oldest first, at most 200."""
    rows = Ticket.objects.alias(
        kind=Lower("category"), sub=Lower("sub_category"), dept=Lower("department")
    ).filter(state=TicketState.UNMATCHED, kind=category, sub=sub_category, dept=department)
    return list(rows.order_by("received_at").values_list("id", flat=True)[:TICKETS_AT_ONCE])


def deployed_version_of(workflow_id: int) -> int | None:
    """Return the version that new tickets of a workflow run on, while it is deployed."""
    rows = WorkflowVersion.objects.filter(
        current_for=workflow_id, current_for__status=Status.DEPLOYED
    )
    return rows.values_list("pk", flat=True).first()
