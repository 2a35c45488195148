"""Showing once more that it is really oneself: the password, and the factor of who has one."""

from datetime import timedelta
from typing import Any

import pytest
from conftest import PASSWORD
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient
from second_factors import WRONG, app_code, mailed_codes, with_app, with_mail

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.tokens.models import Session

pytestmark = pytest.mark.django_db
PATH, KEYS = "/api/v1/reauthenticate/", "/api/v1/api-keys/"
KEY = {"name": "Reports", "scopes": ["users:read"]}


@pytest.fixture
def boss(admin: APIClient) -> User:
    """The administrator, whose sign-in was an hour ago."""
    Session.objects.update(proved_at=timezone.now() - timedelta(hours=1))
    return User.objects.get(username="tts.admin")


def shown(client: APIClient, **body: str) -> Any:
    return client.post(PATH, {"password": PASSWORD} | body)


def is_open(client: APIClient) -> bool:
    answer = client.post(KEYS, KEY)
    if answer.status_code != 201:
        assert answer.json()["code"] == "REAUTHENTICATION_REQUIRED"
    return bool(answer.status_code == 201)


def test_the_password_alone_is_not_enough_for_who_has_an_app(admin: APIClient, boss: User) -> None:
    with_app(boss, settings.SIGNING_KEY_SECRET)
    asked = shown(admin)
    assert (asked.status_code, asked.json()["code"]) == (401, "OTP_REQUIRED")
    assert (asked.json()["method"], asked.json()["details"]["method"]) == ("totp", "totp")
    assert "otp_session" not in asked.json()
    assert not is_open(admin)
    wrong = shown(admin, code="000000")
    assert (wrong.status_code, wrong.json()["details"]["field"]) == (400, "code")
    assert not is_open(admin)
    code = app_code()
    assert shown(admin, code=code).status_code == 200
    assert is_open(admin)
    assert shown(admin, code=code).status_code == 400
    assert AuditEntry.objects.filter(action="reauthenticated", actor="tts.admin").count() == 1


def test_a_wrong_password_says_nothing_of_the_factor(admin: APIClient, boss: User) -> None:
    with_app(boss, settings.SIGNING_KEY_SECRET)
    answer = shown(admin, password="wrong-password-1", code=app_code())
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "password")


def test_a_code_by_mail_is_sent_when_it_is_asked_for(admin: APIClient, boss: User) -> None:
    with_mail(boss)
    assert shown(admin).json()["method"] == "email"
    assert shown(admin, code="000000").status_code == 400
    [code] = mailed_codes()
    assert shown(admin, code=code).status_code == 200
    assert is_open(admin)
    assert shown(admin, code=code).status_code == 400


def test_a_recovery_code_does_as_well_and_once(admin: APIClient, boss: User) -> None:
    [first, *_] = with_app(boss, settings.SIGNING_KEY_SECRET)
    assert shown(admin, code=first).status_code == 200
    assert shown(admin, code=first).status_code == 400


def test_three_codes_are_mailed_at_the_most(admin: APIClient, boss: User) -> None:
    with_mail(boss)
    assert [shown(admin).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_another_mailed_code_has_five_tries_of_its_own(admin: APIClient, boss: User) -> None:
    with_mail(boss)
    shown(admin)
    codes = {shown(admin, code=WRONG).status_code for _ in range(5)}
    assert (codes, shown(admin, code=mailed_codes()[0]).status_code) == ({400}, 400)
    shown(admin)
    assert shown(admin, code=mailed_codes()[1]).status_code == 200


def test_guessed_codes_lock(admin: APIClient, boss: User) -> None:
    with_app(boss, settings.SIGNING_KEY_SECRET)
    codes = [shown(admin, code="000000").status_code for _ in range(16)]
    assert codes == [400] * 15 + [429]
    assert shown(admin, code=app_code()).status_code == 429
    assert not is_open(admin)


def test_guessed_passwords_lock_the_sign_in_as_well(
    admin: APIClient, anonymous: APIClient, boss: User
) -> None:
    codes = [shown(admin, password="wrong-password-1").status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    body = {"username": "tts.admin", "password": PASSWORD}
    assert anonymous.post("/token/", body).status_code == 429
