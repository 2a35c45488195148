"""Who hears of a comment, read from the outbox."""

from collections.abc import Callable
from typing import Any

import pytest
from people import ANA, BEN, DEE, OWNER
from rest_framework.test import APIClient

from messaging_service.tickets.models import Ticket
from servicekit.contracts import BulkCreateNotifications

pytestmark = pytest.mark.django_db
URL = "/api/comments/"


@pytest.fixture
def as_ana(api_as: Callable[..., APIClient], ticket: Ticket) -> APIClient:
    return api_as(user_id=ANA, username="l1.ana", roles=(("tts", "L1 Support"),))


def write(client: APIClient, text: str = "hello", **fields: Any) -> dict[str, Any]:
    answer = client.post(URL, {"ticket_id": 1, "text": text, **fields})
    assert answer.status_code == 201, answer.data
    return dict(answer.json())


def test_people_of_the_ticket_are_told_but_not_the_author(
    as_ana: APIClient, outbox_of: Callable[..., Any]
) -> None:
    write(as_ana, "please\nlook", mentions=[DEE, DEE, ANA])
    mention, added = outbox_of(BulkCreateNotifications)
    assert (mention.notification_type, mention.user_ids) == ("mention", [DEE])
    assert "please" not in mention.message
    assert (added.notification_type, added.user_ids) == ("comment_added", [BEN, OWNER])
    assert added.message == "l1.ana commented on HDTS-1: please look"
    assert (added.related_task_id, added.related_ticket_number) == ("T-1", "HDTS-1")
    assert added.metadata["ticket_id"] == 1


def test_who_is_mentioned_is_told_once(as_ana: APIClient, outbox_of: Callable[..., Any]) -> None:
    comment = write(as_ana, mentions=[BEN])
    as_ana.patch(f"{URL}{comment['id']}/", {"text": "now for Dee", "mentions": [BEN, DEE]})
    told = [(each.notification_type, each.user_ids) for each in outbox_of(BulkCreateNotifications)]
    assert told == [("mention", [BEN]), ("comment_added", [OWNER]), ("mention", [DEE])]


def test_an_internal_comment_is_never_quoted(
    as_ana: APIClient, outbox_of: Callable[..., Any]
) -> None:
    write(as_ana, "the secret", visibility="internal")
    assert all("secret" not in each.message for each in outbox_of(BulkCreateNotifications))
