"""Callers of the help desk at the same instant."""

import threading
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection

from servicekit.outbox.models import OutboxMessage
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.errors import TicketExists
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_one_of_two_callers_gets_the_ticket_id(draft: TicketDraft, at: datetime) -> None:
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def call() -> None:
        start.wait()
        try:
            services.create_ticket(draft=replace(draft, ticket_id="MINE-1"), at=at)
            outcomes.append("created")
        except TicketExists:
            outcomes.append("taken")
        finally:
            connection.close()

    callers = [threading.Thread(target=call) for _ in range(2)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert sorted(outcomes) == ["created", "taken"]
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_changes_make_one_revision_each(draft: TicketDraft, at: datetime) -> None:
    ticket_id = services.create_ticket(draft=draft, at=at).ticket_id
    start = threading.Barrier(4)

    def call(number: int) -> None:
        start.wait()
        services.revise_ticket(ticket_id=ticket_id, changes={"title": f"Title {number}"}, at=at)
        connection.close()

    callers = [threading.Thread(target=call, args=(number,)) for number in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    sent = OutboxMessage.objects.values_list("kwargs__ticket_data__revision", flat=True)
    assert sorted(sent) == [1, 2, 3, 4, 5]
    assert HelpDeskTicket.objects.get().revision == 5
