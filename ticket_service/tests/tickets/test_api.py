"""The help desk over HTTP."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from servicekit.contracts import ReceiveTicket, TicketStatus
from servicekit.outbox.models import OutboxMessage
from ticket_service.tickets import services
from ticket_service.tickets.drafts import TicketDraft
from ticket_service.tickets.errors import TicketExists
from ticket_service.tickets.generator import generate
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db
TICKETS = "/api/tickets/"
Outbox = Callable[[type[ReceiveTicket]], list[ReceiveTicket]]


def body(**changes: Any) -> dict[str, Any]:
    return {
        "title": "No network",
        "category": "IT Support",
        "sub_category": "Network",
        "priority": "High",
        "department": "Operations",
        "requester_email": "user@company.com",
    } | changes


def test_anybody_may_write_a_ticket_where_the_help_desk_stands_open(
    anonymous: APIClient, outbox_of: Outbox
) -> None:
    answer = anonymous.post(TICKETS, body())

    assert answer.status_code == 201
    ticket = answer.json()
    assert ticket["ticket_id"].startswith("HDTS-")
    assert (ticket["priority"], ticket["revision"], ticket["status"]) == ("high", 1, "new")
    assert ticket["published"] is False
    assert ticket["message"] == f"Ticket {ticket['ticket_id']} is on its way."
    [message] = outbox_of(ReceiveTicket)
    assert message.ticket_data.ticket_id == ticket["ticket_id"]


def test_a_closed_help_desk_wants_a_key_or_a_person_of_its_own(
    anonymous: APIClient, api_as: Callable[..., APIClient], settings: Any
) -> None:
    settings.HELP_DESK_OPEN = False
    settings.HELP_DESK_API_KEYS = {"portal": sha256(b"the key").hexdigest()}
    agent = api_as(roles=(("tts", "L1 Support"),))
    clerk = api_as(roles=(("hdts", "Clerk"),))
    admin = api_as(roles=(("tts", "Admin"),))

    assert anonymous.post(TICKETS, body()).status_code == 401
    assert anonymous.get(TICKETS).status_code == 401
    assert agent.post(TICKETS, body()).status_code == 403
    assert clerk.post(TICKETS, body()).status_code == 201
    assert admin.get(TICKETS).status_code == 200
    assert anonymous.post(TICKETS, body(), HTTP_X_API_KEY="the key").status_code == 201


def test_a_wrong_key_or_token_is_refused_even_by_an_open_help_desk(anonymous: APIClient) -> None:
    wrong_key = anonymous.post(TICKETS, body(), HTTP_X_API_KEY="guessed")
    wrong_token = anonymous.get(TICKETS, HTTP_AUTHORIZATION="Bearer guessed")

    assert (wrong_key.status_code, wrong_token.status_code) == (401, 401)
    assert wrong_key.json()["code"] == "AUTH_FAILED"


def test_the_same_idempotency_key_makes_one_ticket(anonymous: APIClient) -> None:
    first = anonymous.post(TICKETS, body(), HTTP_IDEMPOTENCY_KEY="once")
    again = anonymous.post(TICKETS, body(), HTTP_IDEMPOTENCY_KEY="once")
    other = anonymous.post(TICKETS, body(title="Other"), HTTP_IDEMPOTENCY_KEY="once")

    assert first.json() == again.json()
    assert other.status_code == 422
    assert HelpDeskTicket.objects.count() == 1


def test_a_ticket_id_of_ones_own_is_kept_and_never_given_again(anonymous: APIClient) -> None:
    first = anonymous.post(TICKETS, body()).json()["ticket_id"]
    following = f"HDTS-{int(first.removeprefix('HDTS-')) + 1:05}"

    assert anonymous.post(TICKETS, body(ticket_id=following)).json()["ticket_id"] == following
    taken = anonymous.post(TICKETS, body(ticket_id=following))
    third = anonymous.post(TICKETS, body()).json()["ticket_id"]

    assert (taken.status_code, taken.json()["code"]) == (409, "TICKET_EXISTS")
    assert third not in {first, following}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": None}, "title"),
        ({"title": "a\x00b"}, "body"),
        ({"priority": "asap"}, "priority"),
        ({"priority": 3}, "priority"),
        ({"category": None}, "category"),
        ({"requester_email": "nobody"}, "requester_email"),
        ({"ticket_id": "../../etc"}, "ticket_id"),
        ({"extra": []}, "extra"),
        ({"attachments": [{"filename": "a", "url": "javascript:alert(1)"}]}, "attachments.0.url"),
        ({"description": "\U0001f600" * 99_000}, "description"),
        ({"extra": {"deep": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}}, "extra"),
    ],
)
def test_what_is_wrong_with_a_ticket_is_named(
    anonymous: APIClient, changes: dict[str, Any], field: str
) -> None:
    answer = anonymous.post(TICKETS, body(**changes))

    assert answer.status_code == 400
    assert field in answer.json()["details"]["errors"]
    assert HelpDeskTicket.objects.count() == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b'{"title": NaN}',
        b'{"title": 1e999}',
        b"[" * 5000,
    ],
)
def test_a_garbage_body_is_a_bad_request(anonymous: APIClient, raw: bytes) -> None:
    for path in (TICKETS, f"{TICKETS}generate/", "/api/simulators/ams/mode/"):
        answer = anonymous.generic("POST", path, raw, content_type="application/json")
        is_fine = path.endswith("generate/") and raw == b""
        assert answer.status_code == (201 if is_fine else 400), (path, answer.content)


def test_a_change_makes_the_next_revision_and_publishes_it(
    anonymous: APIClient, outbox_of: Outbox
) -> None:
    url = f"{TICKETS}{anonymous.post(TICKETS, body()).json()['ticket_id']}/"

    changed = anonymous.patch(url, {"priority": "urgent", "title": "No network at all"})
    same = anonymous.patch(url, {"priority": "URGENT"})

    assert changed.status_code == 200
    assert (changed.json()["revision"], same.json()["revision"]) == (2, 2)
    revisions = [message.ticket_data.revision for message in outbox_of(ReceiveTicket)]
    assert revisions == [1, 2]
    assert outbox_of(ReceiveTicket)[1].ticket_data.priority == "urgent"


def test_a_change_of_an_older_revision_is_refused(anonymous: APIClient) -> None:
    url = f"{TICKETS}{anonymous.post(TICKETS, body()).json()['ticket_id']}/"
    anonymous.patch(url, {"title": "Newer"})

    answer = anonymous.patch(url, {"title": "From the old page", "revision": 1})

    assert (answer.status_code, answer.json()["code"]) == (409, "STALE_REVISION")
    assert anonymous.get(url).json()["title"] == "Newer"


@pytest.mark.parametrize("changes", [{"title": None}, {"title": ""}, {"priority": "x"}])
def test_a_change_to_nonsense_is_refused(anonymous: APIClient, changes: dict[str, Any]) -> None:
    url = f"{TICKETS}{anonymous.post(TICKETS, body()).json()['ticket_id']}/"

    assert anonymous.patch(url, changes).status_code == 400
    assert anonymous.get(url).json()["revision"] == 1


def test_an_unknown_ticket_is_not_found(anonymous: APIClient) -> None:
    for answer in (
        anonymous.get(f"{TICKETS}HDTS-99999/"),
        anonymous.patch(f"{TICKETS}HDTS-99999/", {"title": "x"}),
        anonymous.post(f"{TICKETS}HDTS-99999/publish/"),
        anonymous.get(f"{TICKETS}a%00b/"),
        anonymous.get(f"{TICKETS}%ff/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")


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
    with CaptureQueriesContext(
        connection,
    ) as captured:
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


def test_no_request_talks_to_the_broker(anonymous: APIClient, settings: Any) -> None:
    settings.AMQP_URL = "amqp://nobody:nothing@127.0.0.1:1//"

    assert anonymous.post(TICKETS, body()).status_code == 201
