"""The simulated BMS."""

import base64
from typing import Any

import pytest
from django.core import signing
from rest_framework.response import Response
from rest_framework.test import APIClient

from ticket_service.simulators.credentials import SALT
from ticket_service.simulators.models import Approval, BudgetLine

pytestmark = pytest.mark.django_db
TOKEN = "/bms/oauth/token/"
CHECK = "/bms/api/budget/check/"
GRANT = {
    "grant_type": "client_credentials",
    "client_id": "workflow",
    "client_secret": "local-bms-secret",
}


def token(client: APIClient) -> str:
    form = "&".join(f"{name}={value}" for name, value in GRANT.items())
    answer = client.post(TOKEN, form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    return str(answer.json()["access_token"])


def check(client: APIClient, amount: object = 1000, **changes: Any) -> Response:
    bearer = changes.pop("bearer", None) or token(client)
    key = {"HTTP_IDEMPOTENCY_KEY": changes.pop("key")} if "key" in changes else {}
    body = {
        "department": "Finance",
        "amount": amount,
        "currency": "USD",
        "category": "Training",
        "requester_id": 7,
        "justification": "A course.",
    }
    return client.post(CHECK, body | changes, HTTP_AUTHORIZATION=f"Bearer {bearer}", **key)


def test_money_that_is_there_is_approved_and_set_aside(anonymous: APIClient) -> None:
    first, second = check(anonymous), check(anonymous, "250.50")

    assert first.json()["approved"] is True
    assert first.json()["budget_line_id"] == "BL-FINANCE-TRAINING"
    assert first.json()["remaining_balance"] == 14_000
    assert second.json()["remaining_balance"] == 13_749.5
    assert first.json()["approval_id"] != second.json()["approval_id"]


def test_money_that_is_not_there_is_refused(anonymous: APIClient) -> None:
    check(anonymous, 14_000)

    answer = check(anonymous, 1_000.01)

    assert answer.status_code == 200
    assert answer.json() == {
        "approved": False,
        "reason": "BL-FINANCE-TRAINING does not cover 1000.01 USD.",
        "available_amount": 1000.0,
        "rejection_code": "INSUFFICIENT_FUNDS",
    }
    assert check(anonymous, 1_000).json()["approved"] is True


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"department": "Astronomy"}, "NO_BUDGET_LINE"),
        ({"currency": "XAU"}, "CURRENCY_NOT_SUPPORTED"),
    ],
)
def test_what_has_no_budget_is_refused(
    anonymous: APIClient, changes: dict[str, str], code: str
) -> None:
    answer = check(anonymous, **changes)

    assert (answer.json()["approved"], answer.json()["rejection_code"]) == (False, code)


def test_another_category_comes_from_the_general_line(anonymous: APIClient) -> None:
    answer = check(anonymous, category="Catering", department="finance")

    assert answer.json()["budget_line_id"] == "BL-FINANCE-GENERAL"


def test_other_currencies_are_converted_and_never_overspend(anonymous: APIClient) -> None:
    answer = check(anonymous, 1_000, currency="eur")

    assert answer.json()["currency"] == "EUR"
    assert answer.json()["remaining_balance"] == 12_636.36
    assert BudgetLine.objects.get(budget_line_id="BL-FINANCE-TRAINING").spent == 1_100


def test_the_same_key_spends_once(anonymous: APIClient) -> None:
    first, again = check(anonymous, key="proposal-9"), check(anonymous, key="proposal-9")

    assert first.json() == again.json()
    assert Approval.objects.count() == 1
    assert check(anonymous, 5, key="proposal-9").status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": "much"},
        {"amount": "1e400"},
        {"amount": "Infinity"},
        {"amount": 1.001},
        {"currency": "dollars"},
        {"department": ""},
        {"requester_id": []},
    ],
)
def test_a_wrong_request_is_a_bad_request(anonymous: APIClient, changes: dict[str, Any]) -> None:
    answer = check(anonymous, **changes)

    assert answer.status_code == 400
    assert answer.json().keys() == {"error"}
    assert Approval.objects.count() == 0


def test_a_client_may_come_by_http_basic(anonymous: APIClient) -> None:
    basic = base64.b64encode(b"workflow:local-bms-secret").decode()

    answer = anonymous.post(
        TOKEN,
        "grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
        HTTP_AUTHORIZATION=f"Basic {basic}",
    )

    assert (answer.status_code, answer.json()["token_type"]) == (200, "Bearer")
    assert answer["Cache-Control"] == "no-store"
    assert check(anonymous, bearer=answer.json()["access_token"]).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "guessed"}, 401, "invalid_client"),
        ({"client_id": ""}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_client_gets_no_token(
    anonymous: APIClient, changes: dict[str, Any], status: int, error: str
) -> None:
    answer = anonymous.post(TOKEN, GRANT | changes)

    assert (answer.status_code, answer.json()) == (status, {"error": error})


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"client_id": "\\ud800"}'])
def test_a_garbage_token_request_gets_no_token(anonymous: APIClient, raw: bytes) -> None:
    answer = anonymous.generic("POST", TOKEN, raw, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize("header", ["", "Basic x", "Bearer", "Bearer x:y:z"])
def test_a_wrong_token_is_refused(anonymous: APIClient, header: str) -> None:
    answer = anonymous.post(CHECK, {}, HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401


def test_a_token_of_another_client_or_purpose_is_refused(anonymous: APIClient) -> None:
    other_client = signing.dumps({"client_id": "somebody"}, salt=SALT)
    other_purpose = signing.dumps({"client_id": "workflow"}, salt="sessions")

    for bearer in (other_client, other_purpose):
        assert check(anonymous, bearer=bearer).status_code == 401


def test_the_budgets_are_listed(anonymous: APIClient) -> None:
    check(anonymous)

    shown = anonymous.get("/bms/api/budgets/", {"page_size": 100}).json()

    assert shown["count"] == 40
    assert sum(line["spent"] for line in shown["results"]) == 1000
