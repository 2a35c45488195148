"""Other origins: those of the list may call with a token, nobody with cookies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from environs import Env
from rest_framework.test import APIClient

from servicekit import conf

pytestmark = pytest.mark.django_db
LISTED, OTHER = "https://portal.example.com", "https://evil.example.com"


@pytest.fixture(autouse=True)
def listed(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [LISTED]


def allowed(answer: HttpResponse) -> str | None:
    assert "Access-Control-Allow-Credentials" not in answer
    return answer.get("Access-Control-Allow-Origin")


def ask_first(client: APIClient, origin: str) -> Any:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,idempotency-key",
    }
    return client.options("/effects/", headers=headers)


def test_a_listed_origin_may_call_with_a_token(
    anonymous: APIClient, api_as: Callable[..., APIClient]
) -> None:
    first = ask_first(anonymous, LISTED)
    assert (first.status_code, allowed(first)) == (200, LISTED)
    assert "idempotency-key" in first["Access-Control-Allow-Headers"]
    answer = api_as().get("/effects/", headers={"Origin": LISTED})
    assert (answer.status_code, allowed(answer)) == (200, LISTED)
    assert "X-Request-ID" in answer["Access-Control-Expose-Headers"]
    assert "origin" in answer["Vary"]


@pytest.mark.parametrize(
    "origin", [OTHER, "null", f"{LISTED}.evil.example", "http://portal.example.com"]
)
def test_any_other_may_not(anonymous: APIClient, origin: str) -> None:
    assert allowed(ask_first(anonymous, origin)) is None
    assert allowed(anonymous.get("/effects/", headers={"Origin": origin})) is None


def test_the_list_is_a_setting_and_empty_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORS_ORIGINS", raising=False)
    assert conf.cross_origin(Env(eager=True))["CORS_ALLOWED_ORIGINS"] == []
    monkeypatch.setenv("CORS_ORIGINS", f"{LISTED},{OTHER}")
    assert conf.cross_origin(Env(eager=True))["CORS_ALLOWED_ORIGINS"] == [LISTED, OTHER]
