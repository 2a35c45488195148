"""Nothing secret is ever logged, kept in the audit trail or returned twice: every flow, greped."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import PASSWORD
from django.conf import settings
from rest_framework.test import APIClient
from second_factors import app_code, mailed_codes, with_app, with_mail

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from servicekit.contracts import SendEmail
from servicekit.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
NEXT, WRONG = "Another-Horse-8-Staple", "Not-My-Horse-9-Staple"


class Secrets:
    """What must be seen nowhere; collected on the way."""

    def __init__(self) -> None:
        self.known = {PASSWORD, NEXT, WRONG}

    def of(self, answer: Any, *names: str) -> str:
        """Remember secrets of an answer and return the first of them."""
        body = answer.json()
        found = [body[name] for name in names]
        self.known.update(found)
        return str(found[0])

    def link(self, kind: str) -> str:
        """The token in the newest mail of a kind."""
        rows = OutboxMessage.objects.filter(task=SendEmail.TASK).order_by("-pk")
        context = next(row.kwargs["context"] for row in rows if _is(row, kind))
        token = next(str(text) for text in context.values() if "#token=" in str(text))
        token = token.partition("#token=")[2]
        self.known.add(token)
        return token


def _is(row: OutboxMessage, kind: str) -> bool:
    return bool(row.kwargs["notification_type"] == kind)


@pytest.fixture
def secrets(caplog: pytest.LogCaptureFixture, capfd: Any) -> Iterator[Secrets]:
    """Collects; afterwards everything that was logged, printed or audited is searched."""
    caplog.set_level(logging.DEBUG)
    made = Secrets()
    yield made
    out, err = capfd.readouterr()
    logged = [str(vars(each)) + caplog.handler.format(each) for each in caplog.records]
    audited = [str(row) for row in AuditEntry.objects.values()]
    for secret in made.known:
        assert secret not in "".join([out, err, *logged, *audited])


def sign_in(client: APIClient, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/token/", {"username": "ana", "password": password, **more})


def test_signing_in_and_out(anonymous: APIClient, person: Person, secrets: Secrets) -> None:
    person("ana")
    sign_in(anonymous, WRONG)
    refresh = secrets.of(sign_in(anonymous), "refresh", "access")
    spent = anonymous.post("/token/refresh/", {"refresh": refresh})
    newer = secrets.of(spent, "refresh", "access")
    anonymous.post("/token/verify/", {"token": spent.json()["access"]})
    assert anonymous.post("/token/refresh/", {"refresh": refresh}).status_code == 401
    assert anonymous.post("/token/refresh/", {"refresh": newer}).status_code == 401
    browser = anonymous.post(
        "/login/", {"username": "ana", "password": PASSWORD}, headers={"X-Requested-With": "tts"}
    )
    secrets.of(browser, "access")
    secrets.known.add(browser.cookies["tts_refresh"].value)
    anonymous.post("/logout/", {}, headers={"X-Requested-With": "tts"})


def test_second_factors(
    anonymous: APIClient, person: Person, signed_in: Callable[[User], APIClient], secrets: Secrets
) -> None:
    ana = person("ana")
    own = signed_in(ana)
    setup = own.post("/api/v1/2fa/totp/setup/", {"password": PASSWORD})
    secret = secrets.of(setup, "secret", "otpauth_uri")
    enabled = own.post(
        "/api/v1/2fa/totp/enable/", {"password": PASSWORD, "code": app_code(secret=secret)}
    )
    secrets.known.update(enabled.json()["recovery_codes"])
    waiting = secrets.of(sign_in(anonymous), "otp_session")
    anonymous.post("/token/otp/", {"otp_session": waiting, "code": "000000"})
    code = enabled.json()["recovery_codes"][0]
    done = anonymous.post("/token/otp/", {"otp_session": waiting, "code": code})
    assert done.status_code == 200
    secrets.of(done, "access", "refresh")


def test_codes_by_mail(anonymous: APIClient, person: Person, secrets: Secrets) -> None:
    with_mail(person("ana"))
    waiting = secrets.of(sign_in(anonymous), "otp_session")
    [code] = mailed_codes()
    done = anonymous.post("/token/otp/", {"otp_session": waiting, "code": code})
    assert done.status_code == 200
    secrets.of(done, "access", "refresh")
    assert f"'{code}'" not in str(list(AuditEntry.objects.values()))


def test_forgotten_and_changed_passwords(
    anonymous: APIClient, person: Person, signed_in: Callable[[User], APIClient], secrets: Secrets
) -> None:
    ana = person("ana")
    anonymous.post("/password/forgot/", {"email": ana.email})
    token = secrets.link("password_reset")
    done = anonymous.post("/password/reset/", {"token": token, "password": NEXT})
    assert done.status_code == 200
    assert anonymous.post("/password/reset/", {"token": token, "password": NEXT}).status_code == 400
    ana.refresh_from_db()
    wanted = {"current_password": NEXT, "new_password": PASSWORD}
    assert signed_in(ana).post("/password/change/", wanted).status_code == 200


def test_invitations_registrations_and_addresses(
    anonymous: APIClient, admin: APIClient, agent: APIClient, secrets: Secrets
) -> None:
    admin.post("/api/v1/invitations/", {"email": "new@example.com", "role_ids": []})
    token = secrets.link("invitation")
    body = {"token": token, "username": "new.one", "password": NEXT}
    assert anonymous.post("/api/v1/invitations/accept/", body).status_code == 201
    asked = {"username": "other", "email": "other@example.com", "password": NEXT}
    assert anonymous.post("/register/", asked).status_code == 202
    agent.patch("/api/v1/users/me/", {"email": "own@example.com", "current_password": PASSWORD})
    confirmed = anonymous.post("/email/confirm/", {"token": secrets.link("email_change")})
    assert confirmed.status_code == 200


def test_keys_of_machines(admin: APIClient, anonymous: APIClient, secrets: Secrets) -> None:
    key = admin.post("/api/v1/api-keys/", {"name": "CI", "scopes": ["users:read"]})
    shown = secrets.of(key, "key")
    client = admin.post(
        "/api/v1/service-clients/",
        {"name": "BI", "audiences": ["workflow_api"], "scopes": ["tasks:read"]},
    )
    secrets.of(client, "client_secret")
    rotated = admin.post(f"/api/v1/api-keys/{key.json()['id']}/rotate/", {})
    secrets.of(rotated, "key")
    body = {
        "client_id": client.json()["client_id"],
        "client_secret": client.json()["client_secret"],
        "audience": "workflow_api",
    }
    secrets.of(anonymous.post("/service-token/", body), "access")
    anonymous.post("/service-token/", {"audience": "auth_service"}, headers={"X-API-Key": shown})
    for path in ("/api/v1/api-keys/", "/api/v1/service-clients/"):
        listed = admin.get(path).content.decode()
        assert not [each for each in secrets.known if each in listed]


def test_a_fault_of_ours_shows_no_secret_either(
    anonymous: APIClient, person: Person, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_app(person("ana"), settings.SIGNING_KEY_SECRET)

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("in the middle of it")

    monkeypatch.setattr("auth_service.second_factor.challenges.begin_sign_in", broken)
    answer = sign_in(anonymous)
    assert (answer.status_code, answer.json()["code"]) == (500, "INTERNAL_ERROR")
    assert PASSWORD not in answer.content.decode()
