"""POST /ws-ticket/"""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIRequestFactory

from servicekit.live import tickets
from servicekit.live.api import SocketTicketView

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("live_redis")]
OURS = "http://127.0.0.1:1000"


@pytest.fixture
def ask(token_for: Callable[..., str]) -> Callable[..., Any]:
    def post(path: object, **headers: str) -> Any:
        bearer = {"HTTP_AUTHORIZATION": f"Bearer {token_for(user_id=7)}"}
        request = APIRequestFactory().post("/ws-ticket/", {"path": path}, **bearer, **headers)
        return SocketTicketView.as_view()(request)

    return post


def test_it_answers_with_a_ticket_for_thirty_seconds(ask: Callable[..., Any]) -> None:
    answer = ask("/ws/comments/123/", HTTP_ORIGIN=OURS)
    assert (answer.status_code, answer.data["expires_in"]) == (201, 30)
    who = asyncio.run(tickets.redeem(answer.data["ticket"], "ws/comments/123/", OURS))
    assert who is not None
    assert who.user_id == 7


@pytest.mark.parametrize("path", ["", "comments/1/", "ws/../x", "ws/é/", 7, None, "ws/\x00/"])
def test_a_path_that_is_none_is_refused(ask: Callable[..., Any], path: object) -> None:
    assert ask(path).status_code == 400


def test_a_foreign_page_gets_no_ticket(ask: Callable[..., Any]) -> None:
    assert ask("ws/comments/1/", HTTP_ORIGIN="http://evil.example").status_code == 403


def test_nobody_without_a_token_gets_one() -> None:
    request = APIRequestFactory().post("/ws-ticket/", {"path": "ws/comments/1/"})
    assert SocketTicketView.as_view()(request).status_code == 401


def test_it_says_503_while_redis_is_away(ask: Callable[..., Any], settings: Any) -> None:
    settings.LIVE_REDIS_URL = "redis://127.0.0.1:1/0"
    answer = ask("ws/comments/1/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
