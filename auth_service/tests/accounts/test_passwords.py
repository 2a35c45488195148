"""Forgotten, reset and changed passwords."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.module_loading import import_string
from rest_framework.test import APIClient

from auth_service.accounts.mails import forget_sent
from auth_service.accounts.models import PasswordLink, User
from auth_service.audit.models import AuditEntry
from auth_service.tokens import alerts
from auth_service.tokens.models import Session
from servicekit.contracts import SendEmail, TokensRevoked
from servicekit.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
FORGOT, RESET, CHANGE = "/password/forgot/", "/password/reset/", "/password/change/"
OLD, NEW = "Correct-Horse-7-Staple", "Quite-A-Long-Secret-9"


@pytest.fixture
def link(anonymous: APIClient, outbox_of: Any) -> Callable[[str], str]:
    """Return a maker of reset links: the token in the mail to that address."""

    def ask(email: str) -> str:
        assert anonymous.post(FORGOT, {"email": email}).status_code == 200
        mail = outbox_of(SendEmail)[-1]
        assert (mail.to, mail.notification_type) == (email, "password_reset")
        page, _, token = mail.context["reset_url"].partition("#token=")
        assert page.endswith("/reset")
        return str(token)

    return ask


def test_a_link_sets_the_password_once_and_ends_every_session(
    anonymous: APIClient, agent: APIClient, link: Any, outbox_of: Any
) -> None:
    token = link("tts.agent@example.com")
    assert anonymous.post(RESET, {"token": token, "password": NEW}).status_code == 200
    assert agent.get("/api/v1/users/me/").status_code == 401
    assert not Session.objects.filter(ended_at=None).exists()
    assert outbox_of(TokensRevoked)
    assert outbox_of(SendEmail)[-1].notification_type == "profile_updated"
    again = anonymous.post(RESET, {"token": token, "password": NEW + "x"})
    assert (again.status_code, again.json()["code"]) == (400, "LINK_INVALID")
    for secret, code in ((OLD, 401), (NEW, 200)):
        signed = {"username": "tts.agent", "password": secret}
        assert anonymous.post("/token/", signed).status_code == code


def test_a_new_link_kills_the_old_and_an_expired_one_opens_nothing(
    anonymous: APIClient, person: Person, link: Any
) -> None:
    user = person("ana")
    old, new = link(user.email), link(user.email)
    assert anonymous.post(RESET, {"token": old, "password": NEW}).status_code == 400
    row = PasswordLink.objects.get()
    row.created_at, row.expires_at = row.created_at - timedelta(hours=2), row.created_at
    row.save()
    assert anonymous.post(RESET, {"token": new, "password": NEW}).status_code == 400


def test_a_weak_password_leaves_the_link_good(
    anonymous: APIClient, person: Person, link: Any
) -> None:
    token = link(person("ana").email)
    weak = anonymous.post(RESET, {"token": token, "password": "password1234"})
    assert weak.json()["details"]["field"] == "password"
    assert anonymous.post(RESET, {"token": token, "password": NEW}).status_code == 200


def test_unknown_and_inactive_people_hear_the_same_and_get_nothing(
    anonymous: APIClient, person: Person, outbox_of: Any
) -> None:
    person("ana")
    person("ben", is_superuser=False)
    User.objects.filter(username="ben").update(is_active=False)
    addresses = ["ana@example.com", "ben@example.com", "nobody@example.com"]
    bodies = [anonymous.post(FORGOT, {"email": each}).json() for each in addresses]
    assert bodies[0] == bodies[1] == bodies[2]
    assert [each.to for each in outbox_of(SendEmail)] == ["ana@example.com"]
    assert PasswordLink.objects.count() == 1
    assert AuditEntry.objects.filter(action="password_reset_asked").count() == 3


def test_known_and_unknown_addresses_cost_the_same(
    anonymous: APIClient, person: Person, settings: Any
) -> None:
    settings.OPEN_CALLS_PER_ACCOUNT = settings.OPEN_CALLS_PER_ADDRESS = 1000
    person("ana")

    def statements(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            anonymous.post(FORGOT, {"email": email})
        words = [each["sql"].split()[0] for each in seen]
        return [word for word in words if word in {"INSERT", "UPDATE", "SELECT", "DELETE"}]

    assert statements("ana@example.com") == statements("nobody@example.com")
    times: dict[str, list[float]] = {"ana@example.com": [], "nobody@example.com": []}
    for _ in range(30):
        for email, spent in times.items():
            before = time.thread_time()  # of this thread alone: the machine may be busy
            anonymous.post(FORGOT, {"email": email})
            spent.append(time.thread_time() - before)
    known, unknown = (statistics.median(spent) for spent in times.values())
    assert 0.5 < known / unknown < 2


def test_changing_needs_the_current_password_and_ends_the_own_session(
    agent: APIClient, anonymous: APIClient
) -> None:
    wrong = agent.post(CHANGE, {"current_password": "no", "new_password": NEW})
    assert (wrong.status_code, wrong.json()["details"]["field"]) == (400, "current_password")
    weak = agent.post(CHANGE, {"current_password": OLD, "new_password": "password1234"})
    assert weak.json()["details"]["field"] == "new_password"
    same = agent.post(CHANGE, {"current_password": OLD, "new_password": OLD})
    assert same.json()["details"]["field"] == "new_password"
    assert agent.post(CHANGE, {"current_password": OLD, "new_password": NEW}).status_code == 200
    assert agent.get("/api/v1/users/me/").status_code == 401
    signed = {"username": "tts.agent", "password": NEW}
    assert anonymous.post("/token/", signed).status_code == 200
    assert anonymous.post(CHANGE, {"current_password": NEW, "new_password": OLD}).status_code == 401


def test_guesses_of_the_current_password_count_like_sign_ins(agent: APIClient) -> None:
    body = {"current_password": "no", "new_password": NEW}
    codes = [agent.post(CHANGE, body).status_code for _ in range(7)]
    assert codes == [400] * 5 + [429] * 2


def test_forgetting_is_limited_for_an_account_and_an_address(
    anonymous: APIClient, settings: Any
) -> None:
    settings.OPEN_CALLS_PER_ACCOUNT, settings.OPEN_CALLS_PER_ADDRESS = 2, 4
    calls = ["a@x.example", "A@x.example", "a@x.example", "b@x.example", "c@x.example"]
    codes = [anonymous.post(FORGOT, {"email": each}).status_code for each in calls]
    assert codes == [200, 200, 429, 200, 200]
    assert anonymous.post(FORGOT, {"email": "d@x.example"}).status_code == 429


def test_secrets_stand_in_no_audit_entry(anonymous: APIClient, person: Person, link: Any) -> None:
    token = link(person("ana").email)
    anonymous.post(RESET, {"token": token, "password": NEW})
    told = str(list(AuditEntry.objects.values()))
    assert token not in told
    assert NEW not in told


def test_a_confirmed_mail_leaves_the_outbox_with_its_link(person: Person, link: Any) -> None:
    link(person("ana").email)
    mails = OutboxMessage.objects.filter(task=SendEmail.TASK)
    forget_sent(at=timezone.now())
    assert mails.count() == 1
    mails.update(published_at=timezone.now())
    forget_sent(at=timezone.now())
    assert not mails.exists()


def test_every_sweep_of_the_settings_can_be_called(settings: Any) -> None:
    for path in settings.SWEEPS:
        assert callable(import_string(path)), path


@pytest.mark.parametrize("path", ["/password/change/", "/api/v1/users/me/"])
def test_guesses_at_ones_own_password_stand_in_the_audit_trail_like_those_at_the_door(
    person: Person, signed_in: Any, path: str
) -> None:
    user = person("ana")
    client = signed_in(user)
    guess = {"current_password": "guessed"}
    for _ in range(3):
        answer = (
            client.post(path, {**guess, "new_password": NEW})
            if "change" in path
            else client.patch(path, {**guess, "email": "new@example.com"})
        )
        assert answer.json()["details"]["field"] == "current_password"
    refused = AuditEntry.objects.filter(action="proof_refused", subject=f"user:{user.pk}")
    assert refused.count() == 3
    alerts.sweep_failures(at=timezone.now())
    assert AuditEntry.objects.filter(action="failed_login_mailed").count() == 1
