"""Mail about sign-ins: somewhere new, failures in a row, a lock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import PASSWORD
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient
from second_factors import WRONG, mails, with_app

from auth_service.accounts.models import User
from auth_service.tokens import alerts

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def try_in(password: str, *, name: str = "ana", agent: str = "curl/8", address: str = "") -> Any:
    body = {"username": name, "password": password}
    where = {"REMOTE_ADDR": address} if address else {}
    return APIClient().post("/token/", body, headers={"User-Agent": agent}, **where)


def sweep(at: datetime | None = None) -> None:
    alerts.sweep_failures(at=at or timezone.now())


def test_the_first_sign_in_and_known_devices_are_no_news(person: Person) -> None:
    person("ana")
    for agent in ("curl/8.1", "curl/8.1", "curl/8.2"):
        assert try_in(PASSWORD, agent=agent).status_code == 200
    assert mails("login_alert") == []


@pytest.mark.parametrize("new", [{"agent": "wget/1"}, {"address": "203.0.113.9"}])
def test_a_new_device_or_address_is_told(person: Person, new: dict[str, str]) -> None:
    person("ana")
    try_in(PASSWORD)
    try_in(PASSWORD, **new)
    (mail,) = mails("login_alert")
    assert mail["to"] == "ana@example.com"
    assert mail["context"]["ip_address"] == new.get("address", "127.0.0.1")


def test_three_failures_in_a_row_are_told_once_an_hour(person: Person, settings: Any) -> None:
    settings.SIGN_IN_ATTEMPTS_PER_ADDRESS = 100
    person("ana")
    for _ in range(2):
        try_in("wrong-password-1")
    sweep()
    assert mails("failed_login") == []
    try_in("wrong-password-1")
    sweep()
    try_in("wrong-password-1")
    sweep()
    (mail,) = mails("failed_login")
    assert mail["context"]["attempts"] == 3
    later = timezone.now() + timedelta(minutes=10)
    sweep(later)
    assert len(mails("failed_login")) == 1


def test_a_good_sign_in_between_begins_the_count_again(person: Person) -> None:
    person("ana")
    for password in ("wrong-password-1", "wrong-password-1", PASSWORD, "wrong-password-1"):
        try_in(password)
    sweep()
    assert mails("failed_login") == []


def test_a_lock_is_told_once(person: Person) -> None:
    person("ana")
    for _ in range(5):
        try_in("wrong-password-1")
    for _ in range(2):
        sweep()
    (mail,) = mails("account_locked")
    assert mail["context"]["unlocks_at"]


def test_a_lock_by_wrong_codes_is_said_to_last_an_hour(person: Person, settings: Any) -> None:
    with_app(person("ana"), settings.SIGNING_KEY_SECRET)
    body = {"username": "ana", "password": PASSWORD, "otp_code": WRONG}
    for _ in range(15):
        assert APIClient().post("/token/", body).status_code == 401
    sweep()
    (mail,) = mails("account_locked")
    begins, ends = (datetime.fromisoformat(mail["context"][name]) for name in ("at", "unlocks_at"))
    assert ends - begins == timedelta(hours=1)


def test_unknown_and_inactive_people_get_no_mail(person: Person) -> None:
    gone = person("gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for name in ("gone", "nobody"):
        for _ in range(5):
            try_in("wrong-password-1", name=name)
    sweep()
    assert mails("failed_login") == mails("account_locked") == []


def test_a_failure_does_the_same_statements_for_known_and_unknown_names(person: Person) -> None:
    person("ana")
    try_in("wrong-password-1", name="warm-up")
    counts = []
    for name in ("nobody", "ana", "ana", "ana"):
        with CaptureQueriesContext(
            connection,
        ) as done:
            try_in("wrong-password-1", name=name)
        counts.append(len(done))
    assert len(set(counts)) == 1
