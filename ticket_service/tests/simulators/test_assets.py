"""The simulated AMS."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from rest_framework.response import Response
from rest_framework.test import APIClient

from servicekit.testing.races import race
from ticket_service.simulators import assets, services
from ticket_service.simulators.models import Reservation

pytestmark = pytest.mark.django_db
RESERVE = "/ams/api/assets/reserve/"


def reserve(client: APIClient, asset_id: str = "LAPTOP-001", **changes: Any) -> Response:
    headers = {name: changes.pop(name) for name in list(changes) if name.startswith("HTTP_")}
    body = {
        "asset_id": asset_id,
        "requester_id": 7,
        "task_id": "T-456",
        "duration_days": 7,
        "notes": "for the trip",
    }
    return client.post(RESERVE, body | changes, **{"HTTP_X_API_KEY": "local-ams-key"} | headers)


def test_a_free_asset_is_reserved(anonymous: APIClient) -> None:
    answer = reserve(anonymous)

    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["asset_id"]) == ("confirmed", "LAPTOP-001")
    assert body["reservation_id"].startswith("RES-")
    assert body["asset_details"]["kind"] == "Laptop"
    until = datetime.fromisoformat(body["valid_until"])
    assert until - datetime.now(UTC) > timedelta(days=6, hours=23)


def test_a_reserved_asset_is_refused_with_free_ones_of_its_kind(anonymous: APIClient) -> None:
    reserve(anonymous)

    answer = reserve(anonymous, task_id="T-457")

    assert answer.status_code == 400
    assert "LAPTOP-001 is reserved until" in answer.json()["error"]
    alternatives = answer.json()["available_alternatives"]
    assert alternatives == [f"LAPTOP-00{n}" for n in range(2, 7)]
    assert reserve(anonymous, alternatives[0]).status_code == 200


def test_an_unknown_asset_is_refused(anonymous: APIClient) -> None:
    answer = reserve(anonymous, "SPACESHIP-1")

    assert answer.status_code == 400
    assert answer.json()["error"] == "There is no asset SPACESHIP-1."
    assert len(answer.json()["available_alternatives"]) == 5


def test_an_asset_is_free_again_when_its_reservation_has_ended(at: datetime) -> None:
    wanted: dict[str, Any] = {"asset_id": "CAMERA-001", "requester_id": "7", "task_id": "T-1"}
    first = assets.reserve(**wanted, duration_days=2, notes="", at=at)
    meanwhile = assets.reserve(**wanted, duration_days=2, notes="", at=at + timedelta(days=1))
    after = assets.reserve(**wanted, duration_days=2, notes="", at=at + timedelta(days=2))

    assert [first.status, meanwhile.status, after.status] == [200, 400, 200]


@pytest.mark.parametrize("key", ["", "wrong", "schlüssel"])
def test_a_wrong_key_is_refused(anonymous: APIClient, key: str) -> None:
    assert reserve(anonymous, HTTP_X_API_KEY=key).status_code == 401
    assert Reservation.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"duration_days": 0},
        {"duration_days": "soon"},
        {"duration_days": 10**9},
        {"requester_id": None},
        {"task_id": ""},
        {"asset_id": {"a": 1}},
    ],
)
def test_a_wrong_request_is_answered_in_the_words_of_the_ams(
    anonymous: APIClient, changes: dict[str, Any]
) -> None:
    answer = reserve(anonymous, **changes)

    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "available_alternatives"}


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"{", b"\xff", b'{"asset_id": "\\u0000"}'])
def test_a_garbage_body_is_answered_in_the_words_of_the_ams(
    anonymous: APIClient, raw: bytes
) -> None:
    answer = anonymous.generic(
        "POST", RESERVE, raw, content_type="application/json", HTTP_X_API_KEY="local-ams-key"
    )

    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "available_alternatives"}


def test_the_same_key_gives_the_same_reservation(anonymous: APIClient) -> None:
    first = reserve(anonymous, HTTP_IDEMPOTENCY_KEY="task-456")
    again = reserve(anonymous, HTTP_IDEMPOTENCY_KEY="task-456")
    other = reserve(anonymous, "LAPTOP-002", HTTP_IDEMPOTENCY_KEY="task-456")

    assert first.json() == again.json()
    assert other.status_code == 422
    assert Reservation.objects.count() == 1


@pytest.fixture
def first_day(transactional_db: None, at: datetime) -> None:
    services.reset(at=at)


@pytest.mark.django_db(transaction=True)
def test_one_of_eight_simultaneous_callers_gets_the_asset(first_day: None, at: datetime) -> None:
    def status(number: int) -> int:
        return assets.reserve(
            asset_id="PROJECTOR-001",
            requester_id=str(number),
            task_id=f"T-{number}",
            duration_days=1,
            notes="",
            at=at,
        ).status

    statuses = race(*(partial(status, number) for number in range(8)))

    assert sorted(statuses) == [200] + [400] * 7


def test_the_inventory_is_listed(anonymous: APIClient) -> None:
    reserve(anonymous)

    shown = anonymous.get("/ams/api/assets/", {"page_size": 100}).json()

    assert shown["count"] == 20
    taken = [each["asset_id"] for each in shown["results"] if each["reserved_until"]]
    assert taken == ["LAPTOP-001"]
