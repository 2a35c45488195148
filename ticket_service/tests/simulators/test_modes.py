"""Misbehaviour on purpose."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.response import Response
from rest_framework.test import APIClient

from ticket_service.simulators import misbehaviour, services
from ticket_service.simulators.models import Mode, Reservation

pytestmark = pytest.mark.django_db


def reserve(client: APIClient, **headers: str) -> Response:
    body = {
        "asset_id": "LAPTOP-001",
        "requester_id": "7",
        "task_id": "T-1",
        "duration_days": 3,
    }
    return client.post(
        "/ams/api/assets/reserve/", body, **{"HTTP_X_API_KEY": "local-ams-key"} | headers
    )


def switch(client: APIClient, name: str = "ams", **body: Any) -> Response:
    return client.post(f"/api/simulators/{name}/mode/", body)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize(
    ("mode", "status", "is_done"),
    [
        ("normal", 200, True),
        ("slow", 200, True),
        ("timeout", 200, True),
        ("error", 500, False),
        ("unavailable", 503, False),
        ("lost", 500, True),
        ("refuse", 400, False),
        ("garbage", 200, False),
        ("lying", 200, False),
        ("huge", 200, False),
        ("wrong_content_type", 200, False),
        ("bad_token", 401, False),
    ],
)
def test_each_mode_does_and_says_its_own(
    anonymous: APIClient, mode: str, status: int, is_done: bool
) -> None:
    assert switch(anonymous, mode=mode).status_code == 200

    assert reserve(anonymous).status_code == status
    assert Reservation.objects.exists() == is_done


def test_every_mode_is_covered() -> None:
    handled = {*misbehaviour.INSTEAD, *misbehaviour.DELAYS_MS, Mode.LOST, Mode.REFUSE, Mode.NORMAL}

    assert handled == set(Mode)


def test_slow_and_timeout_wait_as_long_as_they_are_told(
    anonymous: APIClient, pauses: list[float]
) -> None:
    for body in ({"mode": "slow"}, {"mode": "timeout"}, {"mode": "slow", "delay_ms": 250}):
        switch(anonymous, **body)
        reserve(anonymous)

    assert pauses == [3.0, 35.0, 0.25]


def test_garbage_is_no_json_and_huge_is_huge(anonymous: APIClient) -> None:
    switch(anonymous, mode="garbage")
    with pytest.raises(ValueError, match=r"utf-8|JSON|Expecting"):
        reserve(anonymous).json()
    switch(anonymous, mode="huge")
    size = sum(len(chunk) for chunk in reserve(anonymous).streaming_content)
    switch(anonymous, mode="wrong_content_type")
    page = reserve(anonymous)

    assert size > 32 * 1024 * 1024
    assert page["Content-Type"].startswith("text/html")


def test_a_lost_answer_is_given_again_to_the_same_key(anonymous: APIClient) -> None:
    switch(anonymous, mode="lost", remaining=1)

    lost = reserve(anonymous, HTTP_IDEMPOTENCY_KEY="task-1")
    again = reserve(anonymous, HTTP_IDEMPOTENCY_KEY="task-1")

    assert (lost.status_code, again.status_code) == (500, 200)
    assert again.json()["reservation_id"] == Reservation.objects.get().reservation_id


def test_a_mode_may_hold_for_some_calls_only(anonymous: APIClient) -> None:
    switch(anonymous, mode="error", remaining=2)

    assert [reserve(anonymous).status_code for _ in range(3)] == [500, 500, 200]
    [ams, *_] = anonymous.get("/api/simulators/").json()["simulators"]
    assert (ams["name"], ams["mode"], ams["remaining"]) == ("ams", "normal", None)


def test_the_budget_system_says_no_politely(anonymous: APIClient) -> None:
    switch(anonymous, "bms", mode="refuse")

    answer = anonymous.post("/bms/api/budget/check/", {})

    assert answer.status_code == 200
    assert (answer.json()["approved"], answer.json()["rejection_code"]) == (False, "BUDGET_CLOSED")


def test_the_token_endpoint_has_a_switch_of_its_own(anonymous: APIClient) -> None:
    switch(anonymous, "bms-token", mode="error", remaining=1)
    grant = {
        "grant_type": "client_credentials",
        "client_id": "workflow",
        "client_secret": "local-bms-secret",
    }

    first = anonymous.post("/bms/oauth/token/", grant)
    second = anonymous.post("/bms/oauth/token/", grant)

    assert (first.status_code, second.status_code) == (500, 200)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"mode": "asleep"},
        {"mode": "slow", "delay_ms": 60_001},
        {"mode": "slow", "delay_ms": -1},
        {"mode": "error", "remaining": 0},
    ],
)
def test_a_mode_that_is_none_is_refused(anonymous: APIClient, body: dict[str, Any]) -> None:
    assert switch(anonymous, **body).status_code == 400


def test_an_unknown_simulator_is_not_found(anonymous: APIClient) -> None:
    assert switch(anonymous, "crm", mode="slow").status_code == 404


def test_a_closed_help_desk_lets_only_its_own_switch(
    anonymous: APIClient, api_as: Callable[..., APIClient], settings: Any
) -> None:
    settings.HELP_DESK_OPEN = False

    assert switch(anonymous, mode="slow").status_code == 401
    assert anonymous.post("/api/simulators/reset/").status_code == 401
    agent = api_as(roles=(("tts", "L1 Support"),))
    assert switch(agent, mode="slow").status_code == 403
    assert switch(api_as(roles=(("tts", "Admin"),)), mode="slow").status_code == 200


def test_reset_returns_to_the_first_day(anonymous: APIClient) -> None:
    reserve(anonymous)
    switch(anonymous, mode="error")

    answer = anonymous.post("/api/simulators/reset/")

    assert [each["mode"] for each in answer.json()["simulators"]] == ["normal"] * 3
    assert Reservation.objects.count() == 0
    assert reserve(anonymous).status_code == 200


def test_no_connection_is_held_while_a_simulator_waits(
    anonymous: APIClient, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Free:
        in_atomic_block = False
        closed = 0

        def close(self) -> None:
            Free.closed += 1

    monkeypatch.setattr(misbehaviour, "connection", Free())
    services.set_mode(name="ams", mode=Mode.SLOW, at=at)

    assert reserve(anonymous).status_code == 200
    assert Free.closed == 1
