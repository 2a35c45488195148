"""The Django admins of the running services: one account, its second factor, its end."""

import re

import httpx
import pyotp
import pytest
from conftest import PASSWORD, People
from running import System, eventually

PREFIXES = ("/workflow", "/messaging", "/notification", "/hdts")


class Desk:
    """A browser at the admin pages of one service."""

    def __init__(self, http: httpx.Client, prefix: str) -> None:
        self._http, self._home = http, f"{prefix}/admin/"
        self._page = ""

    def send(self, **fields: str) -> httpx.Response:
        """Fill in the page that is shown and send it."""
        login = f"{self._home}login/?next={self._home}"
        page = self._http.get(login).text if "username" in fields else self._page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        answer = self._http.post(login, data={"csrfmiddlewaretoken": token[1], **fields})
        self._page = answer.text
        return answer

    @property
    def is_open(self) -> bool:
        return self._http.get(self._home).status_code == 200


def with_app(people: People) -> tuple[int, str, list[str]]:
    """Make an administrator with an authenticator app: id, name, recovery codes."""
    user_id, http = people.made(("tts", "Admin"))
    name = http.get("/auth/api/v1/users/me/").json()["username"]
    two = "/auth/api/v1/2fa/totp"
    secret = http.post(f"{two}/setup/", json={"password": PASSWORD}).json()["secret"]
    body = {"password": PASSWORD, "code": pyotp.TOTP(secret).now()}
    enabled = http.post(f"{two}/enable/", json=body)
    assert enabled.status_code == 200, enabled.text
    return user_id, name, enabled.json()["recovery_codes"]


@pytest.fixture(scope="module")
def boss(people: People) -> tuple[int, str, list[str]]:
    return with_app(people)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_second_factor_is_asked_for_and_a_recovery_code_does(
    system: System, boss: tuple[int, str, list[str]], prefix: str
) -> None:
    _, name, codes = boss
    desk = Desk(system.anonymous(), prefix)
    first = desk.send(username=name, password=PASSWORD)
    assert 'name="otp_code"' in first.text
    assert PASSWORD not in first.text
    assert not desk.is_open
    assert "wrong, spent or too old" in desk.send(otp_code="AAAAA-AAAAA").text
    assert desk.send(otp_code=codes[PREFIXES.index(prefix)]).status_code == 302
    assert desk.is_open


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_agent_hears_that_these_pages_are_not_theirs(people: People, prefix: str) -> None:
    _, http = people.made(("tts", "L1 Support"))
    name = http.get("/auth/api/v1/users/me/").json()["username"]
    desk = Desk(people.system.anonymous(), prefix)
    assert "Only administrators of tts" in desk.send(username=name, password=PASSWORD).text
    assert not desk.is_open


def test_a_lost_account_closes_the_pages_within_thirty_seconds(people: People) -> None:
    user_id, name, codes = with_app(people)
    desks = [Desk(people.system.anonymous(), prefix) for prefix in PREFIXES]
    for desk, code in zip(desks, codes, strict=False):
        desk.send(username=name, password=PASSWORD)
        assert desk.send(otp_code=code).status_code == 302
    people.system.admin.http.patch(f"/auth/api/v1/users/{user_id}/", json={"is_active": False})
    eventually(lambda: not any(desk.is_open for desk in desks), within_s=30, what="all closed")
