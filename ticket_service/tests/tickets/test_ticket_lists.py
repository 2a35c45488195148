"""Lists of the help desk, what they cost, and tickets that are generated."""

from datetime import datetime
from typing import Any

import pytest
from desk import TICKETS, Outbox, body
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from servicekit.contracts import ReceiveTicket, TicketStatus
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.generator import generate
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db


def test_generated_tickets_are_published_and_the_same_seed_repeats_them(
    anonymous: APIClient, outbox_of: Outbox
) -> None:
    first = anonymous.post(f"{TICKETS}generate/", {"count": 5, "seed": 11})
    again = anonymous.post(f"{TICKETS}generate/", {"count": 5, "seed": 11})

    assert (first.status_code, first.json()["count"], first.json()["seed"]) == (201, 5, 11)
    assert not set(first.json()["tickets"]) & set(again.json()["tickets"])
    titles = [message.ticket_data.title for message in outbox_of(ReceiveTicket)]
    assert len(titles) == 10
    assert titles[:5] == titles[5:]


@pytest.mark.parametrize("count", [0, -1, 1001, "many", None])
def test_only_a_sensible_number_is_generated(anonymous: APIClient, count: object) -> None:
    assert anonymous.post(f"{TICKETS}generate/", {"count": count}).status_code == 400


def test_generating_costs_the_same_statements_however_many(
    at: datetime, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        services.create_tickets(drafts=list(generate(count=300, seed=1, today=at.date())), at=at)


def test_lists_filter_search_and_page(anonymous: APIClient) -> None:
    ids = [anonymous.post(TICKETS, body(title=f"Fault {n}")).json()["ticket_id"] for n in range(3)]
    anonymous.post(TICKETS, body(category="HR Onboarding", title="Somebody starts"))

    by_category = anonymous.get(TICKETS, {"category": "it support"}).json()
    by_text = anonymous.get(TICKETS, {"search": "fault 1"}).json()
    paged = anonymous.get(TICKETS, {"page_size": 2, "page": 2}).json()
    by_cursor = anonymous.get(TICKETS, {"page_size": 3, "cursor": ""}).json()

    assert [row["ticket_id"] for row in by_category["results"]] == ids[::-1]
    assert [row["ticket_id"] for row in by_text["results"]] == [ids[1]]
    assert (paged["count"], len(paged["results"])) == (4, 2)
    assert len(by_cursor["results"]) == 3
    assert len(anonymous.get(by_cursor["next"]).json()["results"]) == 1


def statements(client: APIClient, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_list_costs_the_same_statements_however_long(
    anonymous: APIClient, draft: TicketDraft, at: datetime
) -> None:
    services.attach_file(
        ticket_id=services.create_ticket(draft=draft, at=at).ticket_id,
        filename="a.txt",
        content=b"text",
        at=at,
    )
    few = statements(anonymous, TICKETS)
    services.create_tickets(drafts=list(generate(count=60, seed=1, today=at.date())), at=at)
    for ticket in HelpDeskTicket.objects.all()[:20]:
        services.attach_file(ticket_id=ticket.ticket_id, filename="b.txt", content=b"text", at=at)

    assert statements(anonymous, f"{TICKETS}?page_size=100") == few <= 3


def test_a_ticket_costs_the_same_statements_however_long_its_history(
    anonymous: APIClient, draft: TicketDraft, at: datetime
) -> None:
    ticket = services.create_ticket(draft=draft, at=at)
    url = f"{TICKETS}{ticket.ticket_id}/"
    few = statements(anonymous, url)
    for status in ("pending", "in_progress", "completed"):
        update = TicketStatus(ticket_id=ticket.ticket_id, status=status, updated_at=at)
        services.apply_status(update=update, at=at)

    assert statements(anonymous, url) == few <= 3


@pytest.mark.parametrize(
    "query",
    [
        "search=%00",
        "status=%00",
        "page=0",
        "page=x",
        "page=99",
        "cursor=x",
        "page_size=-1",
        "%ff=%ff",
    ],
)
def test_a_garbage_query_is_never_our_fault(anonymous: APIClient, query: str) -> None:
    assert anonymous.get(f"{TICKETS}?{query}").status_code in {200, 400, 404}
