"""Who reads and writes the comments of a ticket, and which of them."""

from collections.abc import Callable

import pytest
from people import FOREIGN
from rest_framework.test import APIClient
from writing import URL, listed, without_time, write

from messaging_service.comments.models import Comment
from messaging_service.tickets.models import Ticket

pytestmark = pytest.mark.django_db
L1 = (("tts", "L1 Support"),)


def test_unknown_and_foreign_tickets_look_alike(
    api_as: Callable[..., APIClient], ticket: Ticket
) -> None:
    stranger = api_as(user_id=FOREIGN, roles=L1)
    foreign, unknown = (stranger.get(f"{URL}?ticket_id={number}") for number in (1, 999))
    assert foreign.status_code == unknown.status_code == 404
    assert without_time(foreign) == without_time(unknown)
    foreign, unknown = (
        stranger.post(URL, {"ticket_id": number, "text": "x"}) for number in (1, 999)
    )
    assert foreign.status_code == unknown.status_code == 404
    assert without_time(foreign) == without_time(unknown)


def test_comments_of_a_foreign_ticket_do_not_exist(
    api_as: Callable[..., APIClient], as_ana: APIClient
) -> None:
    stranger = api_as(user_id=FOREIGN, roles=L1)
    url = f"{URL}{write(as_ana)['id']}/"
    answers = [
        stranger.get(url),
        stranger.patch(url, {"text": "x"}),
        stranger.delete(url),
        stranger.post(f"{url}rate/", {"rating": "thumbs_up"}),
        stranger.get(f"{url}revisions/"),
        stranger.get(f"{URL}999999/"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(without_time(answer)) for answer in answers}) == 1


def test_nobody_without_a_token_gets_in(anonymous: APIClient) -> None:
    assert anonymous.get(f"{URL}?ticket_id=1").status_code == 401
    assert anonymous.post(URL, {}).status_code == 401


def test_an_owner_without_a_role_reads_but_does_not_write(
    as_owner: APIClient, as_ana: APIClient
) -> None:
    comment = write(as_ana)
    assert listed(as_owner)["count"] == 1
    url = f"{URL}{comment['id']}/"
    answers = [
        as_owner.post(URL, {"ticket_id": 1, "text": "x"}),
        as_owner.patch(url, {"text": "x"}),
        as_owner.post(f"{url}rate/", {"rating": "thumbs_up"}),
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (403, "NOT_AN_AGENT")
    ] * 3


def test_internal_comments_are_for_agents_only(as_ana: APIClient, as_owner: APIClient) -> None:
    internal = write(as_ana, "the owner is difficult", visibility="internal")
    public = write(as_ana, "hello")
    write(as_ana, "so true", parent_id=internal["id"], visibility="public")
    write(as_ana, "psst", parent_id=public["id"], visibility="internal")
    assert [each["text"] for each in listed(as_owner)["results"]] == ["hello"]
    assert listed(as_owner)["results"][0]["replies"] == []
    assert as_owner.get(f"{URL}{internal['id']}/").status_code == 404
    assert len(listed(as_ana)["results"]) == 2
    assert Comment.objects.get(text="so true").visibility == "internal"
