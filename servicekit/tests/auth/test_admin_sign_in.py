"""The admin pages of the services: one account, a second step, an end when the account's comes.

Auth is a small server here; tests/security signs in to the pages of the running services.
"""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from servicekit.auth import admin
from servicekit.auth.revoked import revocations
from servicekit.contracts import TokensRevoked
from servicekit.revocation.services import revoke
from servicekit.testing.tokens import make_token

pytestmark = pytest.mark.django_db
LOGIN, HOME, PASSWORD, WAITS = "/admin/login/", "/admin/", "Correct-Horse-7-Staple", "w" * 43
SIGNED_IN = {"username": "boss", "password": PASSWORD, "next": HOME}


class Auth(BaseHTTPRequestHandler):
    """Knows `boss`, who has an app, and three who have none."""

    heard: ClassVar[list[tuple[str, dict[str, Any], dict[str, str]]]] = []
    tries: ClassVar[int] = 0
    ROLES: ClassVar = {"plain": (("tts", "Admin"),), "agent": (("tts", "L1 Support"),), "new": ()}

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.path, body, dict(self.headers)))
        if self.path == "/logout/":
            self._answer(200, {"message": "Bye."})
        elif self.path == "/token/otp/":
            self._second(body)
        elif body["password"] != PASSWORD:
            self._refuse(401, "AUTH_FAILED", "The name or the password is wrong.")
        elif body["username"] == "boss":
            more = {"otp_session": WAITS, "method": "totp"}
            self._answer(401, {"error": "Code?", "code": "OTP_REQUIRED", **more})
        else:
            self._tokens(body["username"], self.ROLES[body["username"]])

    def do_GET(self) -> None:
        self.heard.append((self.path, {}, dict(self.headers)))
        self._answer(200, {"method": "none", "required": "new" in str(self.heard)})

    def _second(self, body: dict[str, Any]) -> None:
        assert body["otp_session"] == WAITS
        if body["code"] == "123456":
            self._tokens("boss", (("tts", "Admin"),))
        elif body["code"] == "late":
            self._refuse(401, "AUTH_FAILED", "This attempt to sign in is over; start again.")
        else:
            self._refuse(401, "OTP_INVALID", "The code is wrong, spent or too old.")

    def _tokens(self, name: str, roles: Any) -> None:
        token = make_token(user_id=7, username=name, roles=roles, sid="s" * 32, ver=3)
        self._answer(200, {"access": token, "refresh": "r" * 43})

    def _refuse(self, status: int, code: str, error: str) -> None:
        self._answer(status, {"error": error, "code": code})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def auth(settings: Any) -> Iterator[type[Auth]]:
    """A running Auth that the service asks."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Auth) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.AUTH_URL = f"http://127.0.0.1:{server.server_port}"
        Auth.heard.clear()
        yield Auth
        server.shutdown()


def page(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


@pytest.fixture
def boss(client: Client) -> Client:
    """Somebody who came in with password and code."""
    client.post(LOGIN, SIGNED_IN)
    assert client.post(f"{LOGIN}?next={HOME}", {"otp_code": "123456"}).status_code == 302
    return client


def test_an_administrator_without_a_factor_comes_in_at_once(client: Client, auth: Auth) -> None:
    answer = client.post(
        LOGIN,
        SIGNED_IN | {"username": "plain"},
        headers={"User-Agent": "Firefox", "X-Forwarded-For": "203.0.113.9"},
    )
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert is_in(client)
    shadow = User.objects.get(username="plain")
    assert (shadow.has_usable_password(), shadow.is_superuser) == (False, True)
    [(path, _, headers)] = auth.heard
    assert path == "/token/"
    assert (headers["User-Agent"], headers["X-Forwarded-For"]) == ("Firefox", "203.0.113.9")


def test_a_code_is_asked_for_in_a_second_step(client: Client, auth: Auth) -> None:
    first = page(client.post(LOGIN, SIGNED_IN))
    assert 'name="otp_code"' in first
    assert 'name="password"' not in first
    assert "authenticator app, or a recovery code" in first
    assert not is_in(client)
    wrong = page(client.post(LOGIN, {"otp_code": "000000"}))
    assert "The code is wrong, spent or too old." in wrong
    assert 'name="otp_code"' in wrong
    answer = client.post(f"{LOGIN}?next=/admin/auth/user/", {"otp_code": "123456"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/auth/user/")
    assert is_in(client)


def test_no_password_is_kept_between_the_steps(client: Client, auth: Auth) -> None:
    answer = page(client.post(LOGIN, SIGNED_IN))
    assert PASSWORD not in answer
    stored = [each.get_decoded() for each in Session.objects.all()]
    assert stored == [{"admin_second_step": {"otp_session": WAITS, "method": "totp"}}]
    client.post(LOGIN, {"otp_code": "123456"})
    assert PASSWORD not in str(auth.heard[1:])
    [kept] = [each.get_decoded() for each in Session.objects.all()]
    assert "admin_second_step" not in kept
    assert WAITS not in str(kept)


def test_a_step_that_is_over_begins_again(client: Client) -> None:
    client.post(LOGIN, SIGNED_IN)
    over = page(client.post(LOGIN, {"otp_code": "late"}))
    assert "This attempt to sign in is over" in over
    assert 'name="password"' in over
    client.post(LOGIN, SIGNED_IN)
    assert 'name="password"' in page(client.get(LOGIN))
    assert 'name="password"' in page(client.post(LOGIN, {"otp_code": "123456"}))


def test_an_empty_code_is_no_try(client: Client, auth: Auth) -> None:
    client.post(LOGIN, SIGNED_IN)
    assert 'name="otp_code"' in page(client.post(LOGIN, {"otp_code": ""}))
    assert [path for path, _, _ in auth.heard] == ["/token/"]


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("boss", "wrong", "The name or the password is wrong."),
        ("agent", PASSWORD, "Only administrators of tts may use these pages."),
        ("new", PASSWORD, "Your role demands a second factor. Set one up in your profile, at"),
    ],
)
def test_who_may_not_come_in_hears_why(
    client: Client, auth: Auth, name: str, password: str, sentence: str
) -> None:
    answer = page(client.post(LOGIN, {"username": name, "password": password}))
    assert sentence in answer
    assert not is_in(client)
    assert not User.objects.exists()
    if password == PASSWORD:
        assert auth.heard[-1][:2] == ("/logout/", {"refresh": "r" * 43})


def test_while_auth_is_away_that_is_said(client: Client, settings: Any) -> None:
    settings.AUTH_URL = "http://127.0.0.1:1"
    assert "cannot be reached" in page(client.post(LOGIN, SIGNED_IN))


@pytest.mark.parametrize(
    ("ended", "stays"),
    [
        ({"user_id": 7, "version": 4}, False),
        ({"user_id": 7, "version": 3}, True),
        ({"user_id": 7, "version": 0, "session_id": "s" * 32}, False),
        ({"user_id": 7, "version": 0, "session_id": "another"}, True),
        ({"user_id": 8, "version": 4}, True),
    ],
)
def test_the_session_ends_when_the_one_at_auth_does(
    boss: Client, ended: dict[str, Any], stays: bool
) -> None:
    revoke(TokensRevoked(**ended), at=timezone.now())
    revocations.read(fresh_for_s=60)
    assert is_in(boss) is stays
    assert boss.get("/admin/auth/user/").status_code == (200 if stays else 302)


def test_who_does_nothing_for_a_while_signs_in_again(
    boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    for later_s, stays in ((800, True), (1600, True), (1600 + admin.IDLE_S + 1, False)):
        monkeypatch.setattr(time, "time", lambda at=now + later_s: at)
        assert is_in(boss) is stays


def test_somebody_elses_session_is_not_taken_over(boss: Client) -> None:
    before = boss.cookies["kit_session"].value
    boss.post(LOGIN, SIGNED_IN | {"username": "plain"})
    assert boss.cookies["kit_session"].value != before
    [kept] = [each.get_decoded() for each in Session.objects.all()]
    assert kept[admin.KEPT]["username"] == "plain"
