"""A browser keeps its refresh token in a cookie, and only our own pages may use it."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import OWN_PAGE, PASSWORD
from rest_framework.test import APIClient

from auth_service.accounts.models import User

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def test_a_browser_gets_the_refresh_token_as_a_cookie_only(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    answer = anonymous.post("/login/", {"username": "ana", "password": PASSWORD}, headers=OWN_PAGE)
    cookie = answer.cookies["tts_refresh"]
    assert set(answer.json()) == {"access"}
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert 0 < int(cookie["max-age"]) <= 24 * 3600
    reload = anonymous.post("/token/refresh/", headers=OWN_PAGE)
    assert reload.status_code == 200
    assert set(reload.json()) == {"access"}
    assert reload.cookies["tts_refresh"].value != cookie.value


def test_the_cookie_is_secure_unless_the_profile_is_local(
    anonymous: APIClient, person: Person, settings: Any
) -> None:
    person("ana")
    body = {"username": "ana", "password": PASSWORD}
    answer = anonymous.post("/login/", body, headers=OWN_PAGE)
    assert not answer.cookies["tts_refresh"]["secure"]
    settings.REFRESH_COOKIE_SECURE = True
    answer = anonymous.post("/login/", body, headers=OWN_PAGE)
    assert answer.cookies["tts_refresh"]["secure"]


def test_behind_the_gateway_the_cookie_is_sent_to_auth_only(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    answer = anonymous.post(
        "/login/", {"username": "ana", "password": PASSWORD}, headers=OWN_PAGE, SCRIPT_NAME="/auth"
    )
    assert answer.cookies["tts_refresh"]["path"] == "/auth/"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1000"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({**OWN_PAGE, "Origin": "https://evil.example"}, 403),
        ({**OWN_PAGE, "Origin": "null"}, 403),
        ({**OWN_PAGE, "Origin": "http://127.0.0.1:1000"}, 200),
        ({**OWN_PAGE, "Origin": "http://testserver"}, 200),
        ({**OWN_PAGE, "Sec-Fetch-Site": "same-origin"}, 200),
        (OWN_PAGE, 200),
        ({}, 200),  # no browser: they all say where a POST comes from
    ],
)
@pytest.mark.parametrize("path", ["/login/", "/token/refresh/", "/logout/"])
def test_cookie_endpoints_answer_our_own_pages_only(
    anonymous: APIClient, person: Person, headers: dict[str, str], expected: int, path: str
) -> None:
    person("ana")
    body = {"username": "ana", "password": PASSWORD}
    if path != "/login/":
        anonymous.post("/login/", body, headers=OWN_PAGE)
    answer = anonymous.post(path, body, headers=headers)
    assert answer.status_code == expected
    if expected == 403:
        assert answer.json()["code"] == "PERMISSION_DENIED"


def test_logout_clears_the_cookie(anonymous: APIClient, person: Person) -> None:
    person("ana")
    anonymous.post("/login/", {"username": "ana", "password": PASSWORD}, headers=OWN_PAGE)
    answer = anonymous.post("/logout/", headers=OWN_PAGE)
    assert answer.cookies["tts_refresh"].value == ""
    assert anonymous.post("/token/refresh/", headers=OWN_PAGE).status_code == 401
