"""How often a name may be tried."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import PASSWORD
from redis import Redis
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens import limits
from servicekit.errors import RateLimited

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
WRONG = "wrong-password-1"


def sign_in(client: APIClient, name: str, password: str, address: str = "10.0.0.1") -> Any:
    body = {"username": name, "password": password}
    return client.post("/token/", body, headers={"X-Forwarded-For": address})


def test_the_sixth_attempt_is_refused_even_with_the_right_password(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    codes = [sign_in(anonymous, "ana", WRONG).status_code for _ in range(5)]
    answer = sign_in(anonymous, "ana", PASSWORD)
    body = answer.json()
    assert codes == [401] * 5
    assert (answer.status_code, body["code"]) == (429, "RATE_LIMIT_EXCEEDED")
    assert 890 <= body["details"]["retry_after"] <= 900
    assert answer["Retry-After"] == str(body["details"]["retry_after"])
    entries = AuditEntry.objects.filter(action="sign_in_refused").order_by("id")
    assert [each.details["locked"] for each in entries] == [False] * 4 + [True]


def test_unknown_names_are_locked_alike(anonymous: APIClient, person: Person) -> None:
    codes = [sign_in(anonymous, "nobody", WRONG).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_another_address_is_not_locked_but_the_name_has_a_limit_too(
    anonymous: APIClient, person: Person, settings: Any
) -> None:
    settings.SIGN_IN_ATTEMPTS_PER_NAME = 8
    person("ana")
    for _ in range(5):
        sign_in(anonymous, "ana", WRONG)
    assert sign_in(anonymous, "ana", PASSWORD, "10.0.0.2").status_code == 200
    codes = [sign_in(anonymous, "ana", WRONG, f"10.0.1.{n}").status_code for n in range(4)]
    assert codes == [401, 401, 401, 429]


@pytest.mark.parametrize(
    "variant", ["ANA", " ana ", "ana@example.com", "ANA@EXAMPLE.COM", "ａｎａ"]
)
def test_spelling_the_name_differently_wins_no_attempts(
    anonymous: APIClient, person: Person, variant: str
) -> None:
    person("ana")
    for _ in range(5):
        sign_in(anonymous, "ana", WRONG)
    assert sign_in(anonymous, variant, WRONG).status_code == 429


def test_success_forgets_the_failures_of_that_address(anonymous: APIClient, person: Person) -> None:
    person("ana")
    for _ in range(3):
        for _ in range(4):
            assert sign_in(anonymous, "ana", WRONG).status_code == 401
        assert sign_in(anonymous, "ana", PASSWORD).status_code == 200


def test_attempts_at_once_get_no_more_guesses_than_in_a_row() -> None:
    def reserve(_: int) -> bool:
        try:
            limits.reserve(name="at-once", user=None, ip_address="10.0.0.1")
        except RateLimited:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        granted = list(pool.map(reserve, range(100)))
    assert granted.count(True) == 5


def test_a_lock_ends(settings: Any) -> None:
    limits.reserve(name="short", user=None, ip_address="10.0.0.1")
    for key in limits._redis().scan_iter("auth:sign-in:*"):
        assert 0 < int(str(limits._redis().ttl(key))) <= 15 * 60


def test_without_redis_nobody_guesses(
    anonymous: APIClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("ana")
    away = Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    monkeypatch.setattr(limits, "_redis", lambda: away)
    answer = sign_in(anonymous, "ana", PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (503, "SERVICE_UNAVAILABLE")
