"""The help desk over HTTP."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from desk import TICKETS, Outbox, body
from rest_framework.test import APIClient

from servicekit.contracts import ReceiveTicket
from ticket_service.tickets.models import HelpDeskTicket

pytestmark = pytest.mark.django_db


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
    settings.API_KEYS = {"portal": sha256(b"the key").hexdigest()}
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


@pytest.mark.django_db
def test_the_idempotency_keys_of_two_programs_are_two(anonymous: APIClient, settings: Any) -> None:
    settings.API_KEYS = {name: sha256(name.encode()).hexdigest() for name in ("portal", "chat")}
    portal, chat = (
        anonymous.post(TICKETS, body(), HTTP_IDEMPOTENCY_KEY="1", HTTP_X_API_KEY=name)
        for name in ("portal", "chat")
    )

    assert (portal.status_code, chat.status_code) == (201, 201)
    assert portal.json()["ticket_id"] != chat.json()["ticket_id"]


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


def test_an_attachment_may_be_a_name_without_an_address(anonymous: APIClient) -> None:
    named = {"attachments": [{"filename": "plan.pdf"}]}
    made = anonymous.post(TICKETS, body(**named))
    url = f"{TICKETS}{made.json()['ticket_id']}/"
    changed = anonymous.patch(url, named | {"title": "Another"})
    for answer in (made, changed):
        assert answer.json()["attachments"] == [{"filename": "plan.pdf", "url": ""}], answer.json()


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


def test_no_request_talks_to_the_broker(anonymous: APIClient, settings: Any) -> None:
    settings.AMQP_URL = "amqp://nobody:nothing@127.0.0.1:1//"

    assert anonymous.post(TICKETS, body()).status_code == 201
