"""/api/comments/: write, list, change, delete, rate."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people import ANA
from rest_framework.test import APIClient
from writing import URL, listed, write

from messaging_service.comments.models import Comment, Event, Revision
from messaging_service.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_comment_is_answered_whole(as_ana: APIClient) -> None:
    body = write(as_ana, "  It burns.  ")
    assert body["message"] == "The comment was added."
    shown = {key: body[key] for key in ("ticket_id", "user_id", "username", "text", "parent_id")}
    assert shown == {
        "ticket_id": 1,
        "user_id": ANA,
        "username": "l1.ana",
        "text": "It burns.",
        "parent_id": None,
    }
    assert (body["seq"], body["visibility"]) == (1, "public")
    assert body["ratings"] == {"thumbs_up": 0, "thumbs_down": 0}
    assert (body["replies"], body["attachments"], body["is_deleted"]) == ([], [], False)
    assert body["created_at"].endswith("Z")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"text": None}, "text"),
        ({"ticket_id": "T-1"}, "ticket_id"),
        ({"ticket_id": 2**63}, "ticket_id"),
        ({"parent_id": 999}, "parent_id"),
        ({"visibility": "secret"}, "visibility"),
        ({"mentions": ["ana"]}, "mentions.0"),
        ({"mentions": [1] * 51}, "mentions"),
    ],
)
def test_a_faulty_field_is_named(as_ana: APIClient, fields: Any, fault: str) -> None:
    answer = as_ana.post(URL, {"ticket_id": 1, "text": "x", **fields})
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == fault


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"text":"\\u0000"}', b"\xff"])
def test_a_broken_body_is_refused(as_ana: APIClient, body: bytes) -> None:
    answer = as_ana.post(URL, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "VALIDATION_ERROR"


def test_replies_stand_below_their_thread_in_order(as_ana: APIClient, as_ben: APIClient) -> None:
    first, other = write(as_ana, "first"), write(as_ana, "other")
    reply = write(as_ben, "reply", parent_id=first["id"])
    write(as_ana, "reply to the reply", parent_id=reply["id"])
    threads = listed(as_ana)["results"]
    assert [each["id"] for each in threads] == [first["id"], other["id"]]
    assert [(each["text"], each["parent_id"]) for each in threads[0]["replies"]] == [
        ("reply", first["id"]),
        ("reply to the reply", reply["id"]),
    ]


def test_a_parent_on_another_ticket_is_none(
    as_ana: APIClient, make_ticket: Callable[..., Ticket]
) -> None:
    make_ticket(2)
    elsewhere = as_ana.post(URL, {"ticket_id": 2, "text": "x"}).json()
    answer = as_ana.post(URL, {"ticket_id": 1, "text": "x", "parent_id": elsewhere["id"]})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "parent_id")


def test_an_edit_keeps_the_old_text(as_ana: APIClient) -> None:
    comment = write(as_ana, "teh printer")
    url = f"{URL}{comment['id']}/"
    body = as_ana.patch(url, {"text": "the printer"}).json()
    assert (body["text"], body["seq"]) == ("the printer", comment["seq"])
    assert body["updated_at"] > body["created_at"]
    history = as_ana.get(f"{url}revisions/").json()
    assert [(each["text"], each["replaced_by"]) for each in history["results"]] == [
        ("teh printer", ANA)
    ]


def test_an_edit_that_changes_nothing_is_no_event(as_ana: APIClient) -> None:
    comment = write(as_ana, "same")
    as_ana.patch(f"{URL}{comment['id']}/", {"text": "same"})
    assert Event.objects.count() == 1


def test_only_the_author_changes_and_deletes(as_ana: APIClient, as_ben: APIClient) -> None:
    url = f"{URL}{write(as_ana)['id']}/"
    for answer in (as_ben.patch(url, {"text": "x"}), as_ben.delete(url)):
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_THE_AUTHOR")


def test_a_delete_leaves_a_tombstone_with_its_replies(as_ana: APIClient, as_ben: APIClient) -> None:
    comment = write(as_ana, "regret")
    write(as_ben, "noted", parent_id=comment["id"])
    url = f"{URL}{comment['id']}/"
    assert as_ana.delete(url).status_code == 204
    (thread,) = listed(as_ana)["results"]
    assert (thread["text"], thread["is_deleted"], len(thread["replies"])) == ("", True, 1)
    assert Revision.objects.get().text == "regret"
    answers = [
        as_ana.delete(url),
        as_ana.patch(url, {"text": "x"}),
        as_ben.post(f"{url}rate/", {"rating": "thumbs_up"}),
        as_ben.post(URL, {"ticket_id": 1, "text": "x", "parent_id": comment["id"]}),
    ]
    assert [each.json()["code"] for each in answers] == ["COMMENT_DELETED"] * 4


def test_one_thumb_a_person(as_ana: APIClient, as_ben: APIClient) -> None:
    url = f"{URL}{write(as_ana)['id']}/rate/"
    as_ana.post(url, {"rating": "thumbs_up"})
    as_ben.post(url, {"rating": "thumbs_up"})
    as_ben.post(url, {"rating": "thumbs_up"})
    assert as_ana.post(url, {"rating": "thumbs_up"}).json()["ratings"]["thumbs_up"] == 2
    changed = as_ben.post(url, {"rating": "thumbs_down"}).json()
    assert changed["ratings"] == {"thumbs_up": 1, "thumbs_down": 1}
    withdrawn = as_ben.post(url, {"rating": None}).json()
    assert withdrawn["ratings"] == {"thumbs_up": 1, "thumbs_down": 0}
    assert as_ben.post(url, {"rating": "sideways"}).status_code == 400
    assert Event.objects.filter(action="rate").count() == 4


def test_every_change_is_an_event_with_the_next_seq(as_ana: APIClient, as_ben: APIClient) -> None:
    comment = write(as_ana)
    url = f"{URL}{comment['id']}/"
    write(as_ben, parent_id=comment["id"])
    as_ana.patch(url, {"text": "changed"})
    as_ben.post(f"{url}rate/", {"rating": "thumbs_up"})
    as_ana.delete(url)
    events = Event.objects.order_by("seq").values_list("seq", "action")
    actions = ["create", "reply", "update", "rate", "delete"]
    assert list(events) == list(enumerate(actions, start=1))
    assert Ticket.objects.get().head_seq == 5


def test_the_same_key_writes_once(as_ana: APIClient) -> None:
    body, headers = {"ticket_id": 1, "text": "once"}, {"Idempotency-Key": "k1"}
    first, again = (as_ana.post(URL, body, headers=headers) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Comment.objects.count() == 1
    other = as_ana.post(URL, body | {"text": "other"}, headers=headers)
    assert other.status_code == 422


def test_pages_and_cursors_cover_the_same_comments(as_ana: APIClient) -> None:
    for number in range(25):
        write(as_ana, f"c{number}")
    page = listed(as_ana, "&page=3&page_size=10")
    assert (page["count"], len(page["results"]), page["next"]) == (25, 5, None)
    texts, url = [], f"{URL}?ticket_id=1&cursor=&page_size=7"
    while url:
        body = as_ana.get(url).json()
        texts += [each["text"] for each in body["results"]]
        url = body["next"]
    assert texts == [f"c{number}" for number in range(25)]


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=0", 400), ("page=x", 400), ("cursor=garbage", 400), ("page=99", 404)],
)
def test_a_page_that_is_none_is_refused(as_ana: APIClient, query: str, status: int) -> None:
    assert as_ana.get(f"{URL}?ticket_id=1&{query}").status_code == status


def test_the_list_costs_the_same_however_long_it_is(as_ana: APIClient, as_ben: APIClient) -> None:
    def fill(number: int) -> None:
        comment = write(as_ana, f"c{number}")
        reply = write(as_ben, parent_id=comment["id"])
        for each in (comment, reply):
            as_ben.post(f"{URL}{each['id']}/rate/", {"rating": "thumbs_up"})

    fill(0)
    with counted() as few:
        listed(as_ana, "&page_size=100")
    for number in range(1, 12):
        fill(number)
    with counted() as many:
        body = listed(as_ana, "&page_size=100")
    assert len(body["results"]) == 12
    assert body["results"][11]["replies"][0]["ratings"]["thumbs_up"] == 1
    assert len(few.captured_queries) == len(many.captured_queries) <= 6


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as context:
        yield context
