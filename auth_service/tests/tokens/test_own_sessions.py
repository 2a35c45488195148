"""One's own sessions: listed in words, ended one by one or all; the password shown once more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from conftest import PASSWORD
from django.utils import timezone
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.tokens.devices import device_name
from auth_service.tokens.models import Session

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
SESSIONS = "/api/v1/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"


def sign_in(name: str, user_agent: str = FIREFOX) -> tuple[APIClient, str]:
    client = APIClient()
    body = {"username": name, "password": PASSWORD}
    tokens = client.post("/token/", body, headers={"User-Agent": user_agent}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    return client, tokens["refresh"]


def test_sessions_are_listed_in_words_and_only_ones_own(person: Person) -> None:
    person("ana")
    person("ben")
    sign_in("ben")
    sign_in("ana", "curl/8.5.0")
    client, _ = sign_in("ana")
    body = client.get(SESSIONS).json()
    assert body["count"] == 2
    assert [(each["device"], each["is_current"]) for each in body["results"]] == [
        ("Firefox on Windows", True),
        ("curl", False),
    ]
    assert set(body["results"][0]) == {
        *("id", "device", "ip_address", "created_at", "last_used_at", "expires_at", "is_current"),
    }


def test_ending_a_session_ends_its_tokens(person: Person) -> None:
    person("ana")
    client, _ = sign_in("ana")
    other, refresh = sign_in("ana")
    (wanted,) = (
        each["id"] for each in client.get(SESSIONS).json()["results"] if not each["is_current"]
    )
    assert client.delete(f"{SESSIONS}{wanted}/").status_code == 204
    assert other.get(SESSIONS).status_code == 401
    assert APIClient().post("/token/refresh/", {"refresh": refresh}).status_code == 401
    assert client.delete(f"{SESSIONS}{wanted}/").status_code == 404


def test_somebody_elses_session_is_as_unknown_as_none(person: Person) -> None:
    person("ana")
    person("ben")
    sign_in("ben")
    client, _ = sign_in("ana")
    theirs = Session.objects.get(user__username="ben")
    answers = [client.delete(f"{SESSIONS}{each}/") for each in (theirs.pk, uuid4())]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].json()["error"] == answers[1].json()["error"]


def test_ending_the_others_keeps_the_one_that_asks(person: Person) -> None:
    person("ana")
    sign_in("ana")
    sign_in("ana")
    client, _ = sign_in("ana")
    assert client.post(f"{SESSIONS}end-others/").json()["ended"] == 2
    assert client.get(SESSIONS).json()["count"] == 1


def test_ending_all_ends_this_one_too(person: Person) -> None:
    person("ana")
    sign_in("ana")
    client, refresh = sign_in("ana")
    assert client.post(f"{SESSIONS}end-all/").json()["ended"] == 2
    assert client.get(SESSIONS).status_code == 401
    assert APIClient().post("/token/refresh/", {"refresh": refresh}).status_code == 401


def test_the_password_once_more_counts_for_fifteen_minutes(agent: APIClient) -> None:
    Session.objects.update(proved_at=None)
    wrong = agent.post("/api/v1/reauthenticate/", {"password": "wrong-password-1"})
    assert wrong.status_code == 400
    assert Session.objects.get().proved_at is None
    answer = agent.post("/api/v1/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 200
    proved_at = Session.objects.get().proved_at
    assert proved_at is not None
    assert timezone.now() - proved_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/140 Safari/537",
            "Chrome on Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605", "Safari on macOS"),
        ("python-httpx/0.28", "python-httpx"),
        ("", "Unknown device"),
        ("\x1b[31m", "Unknown device"),
    ],
)
def test_devices_are_named_as_far_as_they_are_known(user_agent: str, expected: Any) -> None:
    assert device_name(user_agent) == expected
