"""Limits per caller, told on every answer; nobody gets round one by naming another address."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings as django_settings
from redis import Redis
from rest_framework.test import APIClient

from servicekit.api import limits
from servicekit.api.addresses import address_of, is_proxy

pytestmark = pytest.mark.django_db
Clients = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def _low_limits(settings: Any) -> None:
    settings.RATE_LIMITS = {"anonymous": 2, "user": 3, "admin": 4}
    Redis.from_url(settings.REDIS_URL).flushdb()


def statuses(client: APIClient, times: int) -> list[int]:
    return [client.get("/effects/").status_code for _ in range(times)]


def test_a_person_an_administrator_and_an_address_have_limits_of_their_own(
    api_as: Clients, anonymous: APIClient
) -> None:
    assert statuses(api_as(user_id=1), 4) == [200, 200, 200, 429]
    assert statuses(api_as(user_id=2), 1) == [200]
    assert statuses(api_as(user_id=3, roles=(("tts", "Admin"),)), 5) == [200] * 4 + [429]
    assert statuses(anonymous, 3) == [401, 401, 429]


def test_each_answer_tells_the_limit(api_as: Clients) -> None:
    client = api_as()
    seen = [client.get("/effects/") for _ in range(4)]
    assert [each["X-RateLimit-Limit"] for each in seen] == ["3"] * 4
    assert [each["X-RateLimit-Remaining"] for each in seen] == ["2", "1", "0", "0"]
    assert all(int(each["X-RateLimit-Reset"]) > 1_700_000_000 for each in seen)
    body = seen[3].json()
    assert body["code"] == "RATE_LIMIT_EXCEEDED"
    assert body["retry_after"] == body["details"]["retry_after"] == int(seen[3]["Retry-After"])
    assert 1 <= body["retry_after"] <= 60
    assert seen[3]["X-Request-ID"]


def test_a_forged_token_counts_for_the_address(api_as: Clients, anonymous: APIClient) -> None:
    guesses = [api_as(user_id=each, aud="hdts") for each in range(3)]
    assert [statuses(each, 1)[0] for each in guesses] == [401, 401, 429]
    assert statuses(anonymous, 1) == [429]


def test_a_program_with_an_api_key_counts_for_itself_and_a_guessed_key_for_the_address(
    anonymous: APIClient, settings: Any
) -> None:
    settings.API_KEYS = {"portal": sha256(b"the key").hexdigest()}

    def ask(key: str) -> list[str]:
        answers = [anonymous.get("/effects/", HTTP_X_API_KEY=key) for _ in range(3)]
        return [each["X-RateLimit-Remaining"] for each in answers]

    assert ask("the key") == ["2", "1", "0"]
    assert ask("guessed") == ["1", "0", "0"]
    assert statuses(anonymous, 1) == [429]


def test_a_stranger_cannot_name_another_address(anonymous: APIClient) -> None:
    def ask(number: int, peer: str) -> int:
        return anonymous.get(
            "/effects/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"
        ).status_code

    assert [ask(each, "203.0.113.9") for each in range(3)] == [401, 401, 429]
    assert [ask(each, "127.0.0.1") for each in range(3)] == [401, 401, 401]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("", "198.51.100.7", None),
    ],
)
def test_whose_address_counts(rf: Any, peer: str, forwarded: str, expected: str | None) -> None:
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == expected


def test_health_is_asked_as_often_as_one_likes(anonymous: APIClient) -> None:
    assert statuses(anonymous, 1) == [401]
    for path in ("/livez/", "/health/", "/readyz/"):
        assert {anonymous.get(path).status_code for _ in range(5)} == {200}
    told = anonymous.get("/health/")
    assert (told["X-RateLimit-Limit"], told["X-RateLimit-Remaining"]) == ("2", "1")
    assert statuses(anonymous, 2) == [401, 429]
    assert anonymous.get("/health/").status_code == 200


def test_without_redis_everybody_is_served(
    api_as: Clients, settings: Any, request: pytest.FixtureRequest
) -> None:
    limits._redis.cache_clear()
    request.addfinalizer(limits._redis.cache_clear)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answers = [api_as().get("/effects/") for _ in range(5)]
    assert {each.status_code for each in answers} == {200}
    assert answers[0]["X-RateLimit-Limit"] == "3"


def test_the_gateway_of_the_local_profile_is_trusted() -> None:
    assert django_settings.TRUSTED_PROXIES
    assert is_proxy("127.0.0.1")
    assert not is_proxy("8.8.8.8")
