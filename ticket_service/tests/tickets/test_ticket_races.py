"""Callers of the help desk at the same instant."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from servicekit.outbox.models import OutboxMessage
from servicekit.testing.races import race
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.errors import TicketExists
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_one_of_two_callers_gets_the_ticket_id(draft: TicketDraft, at: datetime) -> None:
    def outcome() -> str:
        try:
            services.create_ticket(draft=replace(draft, ticket_id="MINE-1"), at=at)
        except TicketExists:
            return "taken"
        return "created"

    assert sorted(race(outcome, outcome)) == ["created", "taken"]
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_changes_make_one_revision_each(draft: TicketDraft, at: datetime) -> None:
    ticket_id = services.create_ticket(draft=draft, at=at).ticket_id
    titles = [{"title": f"Title {number}"} for number in range(4)]
    revise = partial(services.revise_ticket, ticket_id=ticket_id, at=at)

    race(*(partial(revise, changes=each) for each in titles))

    sent = OutboxMessage.objects.values_list("kwargs__ticket_data__revision", flat=True)
    assert sorted(sent) == [1, 2, 3, 4, 5]
    assert HelpDeskTicket.objects.get().revision == 5
