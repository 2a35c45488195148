"""Codes at the same moment: each counts once, and never more than five tries are had."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import PASSWORD
from rest_framework.test import APIClient
from second_factors import app_code, begin, with_app

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.second_factor.models import Challenge
from auth_service.tokens.models import Session
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)
Person = Callable[..., User]


@pytest.fixture
def recovery(person: Person, settings: Any) -> list[str]:
    return with_app(person("ana"), settings.SIGNING_KEY_SECRET)


def caller(path: str, body: dict[str, str]) -> Callable[[], int]:
    return lambda: APIClient().post(path, body, format="json").status_code


def test_the_same_code_of_the_app_twice_at_once_opens_one_session(recovery: list[str]) -> None:
    body = {"username": "ana", "password": PASSWORD, "otp_code": app_code()}
    assert sorted(race(*[caller("/token/", body)] * 2)) == [200, 401]
    assert Session.objects.count() == 1


def test_one_recovery_code_twice_at_once_opens_one_session(recovery: list[str]) -> None:
    body = {"username": "ana", "password": PASSWORD, "otp_code": recovery[0]}
    assert sorted(race(*[caller("/token/", body)] * 2)) == [200, 401]
    assert Session.objects.count() == 1


def test_twenty_guesses_at_once_are_five(recovery: list[str]) -> None:
    body = {"otp_session": begin(APIClient()), "code": "000000"}
    assert race(*[caller("/token/otp/", body)] * 20) == [401] * 20
    assert Challenge.objects.get().tries == 5
    assert AuditEntry.objects.filter(action="proof_refused").count() == 5
