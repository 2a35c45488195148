"""The help desk for people."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from servicekit.contracts import ReceiveTicket
from ticket_service.simulators.models import Simulator
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db
LIST = "/admin/tickets/helpdeskticket/"
Outbox = Callable[[type[ReceiveTicket]], list[ReceiveTicket]]


@pytest.fixture
def client() -> Client:
    user = User.objects.create(username="admin", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user, "servicekit.auth.admin.AuthServiceBackend")
    return client


def form(**changes: object) -> dict[str, object]:
    inlines = {
        f"{prefix}-{name}": 0
        for prefix in ("attachments", "status_history")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        "ticket_id": "",
        "title": "Written by hand",
        "description": "",
        "priority": "high",
        "category": "IT Support",
        "sub_category": "Network",
        "department": "",
        "requester_name": "",
        "requester_email": "",
        "extra": "",
        **inlines,
        **changes,
    }


def test_a_ticket_written_by_hand_is_published(client: Client, outbox_of: Outbox) -> None:
    answer = client.post(f"{LIST}add/", form())

    assert answer.status_code == 302
    ticket = HelpDeskTicket.objects.get()
    assert ticket.ticket_id.startswith("HDTS-")
    [message] = outbox_of(ReceiveTicket)
    assert message.ticket_data.title == "Written by hand"


def test_a_change_by_hand_is_the_next_revision(client: Client, outbox_of: Outbox) -> None:
    client.post(f"{LIST}add/", form())
    ticket = HelpDeskTicket.objects.get()

    answer = client.post(f"{LIST}{ticket.id}/change/", form(title="Changed by hand"))

    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert (ticket.title, ticket.revision) == ("Changed by hand", 2)
    assert [each.ticket_data.revision for each in outbox_of(ReceiveTicket)] == [1, 2]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"extra": "[1]"},
        {"extra": "{"},
        {"description": "\U0001f600" * 99_000},
        {"ticket_id": "not an id"},
    ],
)
def test_what_the_api_refuses_the_form_refuses(client: Client, changes: dict[str, object]) -> None:
    answer = client.post(f"{LIST}add/", form(**changes))

    assert answer.status_code == 200
    assert answer.context["adminform"].errors
    assert HelpDeskTicket.objects.count() == 0


def test_tickets_are_generated_from_the_list(client: Client, outbox_of: Outbox) -> None:
    asked = client.get(f"{LIST}generate/")
    done = client.post(f"{LIST}generate/", {"count": 3, "seed": 7, "_form_submitted": "on"})

    assert b'name="count"' in asked.content
    assert HelpDeskTicket.objects.count() == 3
    assert (done.status_code, done["Location"]) == (302, LIST)
    assert len(outbox_of(ReceiveTicket)) == 3


def test_the_pages_open(client: Client) -> None:
    client.post(f"{LIST}add/", form())
    ticket = HelpDeskTicket.objects.get()
    pages = [
        "/admin/",
        LIST,
        f"{LIST}add/",
        f"{LIST}{ticket.id}/change/",
        "/admin/simulators/simulator/",
        "/admin/simulators/simulator/ams/change/",
        "/admin/simulators/asset/",
        "/admin/simulators/budgetline/",
        "/admin/simulators/reservation/",
        "/admin/simulators/approval/",
    ]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_nobody_deletes_a_ticket(client: Client) -> None:
    client.post(f"{LIST}add/", form())
    ticket = HelpDeskTicket.objects.get()

    assert client.post(f"{LIST}{ticket.id}/delete/", {"post": "yes"}).status_code == 403


def test_a_simulator_is_switched_by_hand(client: Client) -> None:
    answer = client.post(
        "/admin/simulators/simulator/ams/change/",
        {"mode": "garbage", "delay_ms": 0, "remaining": ""},
    )

    assert answer.status_code == 302
    assert Simulator.objects.get(name="ams").mode == "garbage"
