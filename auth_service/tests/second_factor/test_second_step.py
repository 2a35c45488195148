"""Sign-in with a second factor as a client sees it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import OWN_PAGE, PASSWORD
from django.utils import timezone
from rest_framework.test import APIClient
from second_factors import WRONG, app_code, begin, mailed_codes, with_app, with_mail

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.second_factor.models import Challenge, RecoveryCode, SecondFactor
from auth_service.tokens.models import Session

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


@pytest.fixture
def recovery(person: Person, settings: Any) -> list[str]:
    """Ana, with an authenticator app; her recovery codes."""
    return with_app(person("ana", ("tts", "L1 Support")), settings.SIGNING_KEY_SECRET)


def finish(client: APIClient, otp_session: str, code: str, path: str = "/token/otp/") -> Any:
    body = {"otp_session": otp_session, "code": code}
    return client.post(path, body, headers=OWN_PAGE)


def test_the_password_alone_opens_nothing(anonymous: APIClient, recovery: list[str]) -> None:
    answer = anonymous.post("/token/", {"username": "ana", "password": PASSWORD})
    body = answer.json()
    assert answer.status_code == 401
    assert (body["code"], body["method"]) == ("OTP_REQUIRED", "totp")
    assert body["details"]["otp_session"] == body["otp_session"]
    assert not Session.objects.exists()
    bearer = {"Authorization": f"Bearer {body['otp_session']}"}
    assert anonymous.get("/api/v1/2fa/", headers=bearer).status_code == 401
    refused = anonymous.post("/token/refresh/", {"refresh": body["otp_session"]})
    assert refused.status_code == 401


def test_a_wrong_password_says_nothing_about_the_factor(
    anonymous: APIClient, recovery: list[str]
) -> None:
    answer = anonymous.post("/token/", {"username": "ana", "password": "wrong-password-1"})
    assert answer.json()["code"] == "AUTH_FAILED"
    assert not Challenge.objects.exists()


def test_the_code_of_the_app_finishes_it(anonymous: APIClient, recovery: list[str]) -> None:
    answer = finish(anonymous, begin(anonymous), app_code())
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}


def test_password_and_code_in_one_call(anonymous: APIClient, recovery: list[str]) -> None:
    body = {"username": "ana", "password": PASSWORD, "otp_code": app_code()}
    assert anonymous.post("/token/", body).status_code == 200
    again = anonymous.post("/token/", body)
    assert (again.status_code, again.json()["code"]) == (401, "OTP_INVALID")


def test_a_browser_gets_its_cookie_after_the_code(
    anonymous: APIClient, recovery: list[str]
) -> None:
    body = {"username": "ana", "password": PASSWORD}
    first = anonymous.post("/login/", body, headers=OWN_PAGE)
    assert "tts_refresh" not in first.cookies
    answer = finish(anonymous, first.json()["otp_session"], app_code(), path="/login/otp/")
    assert set(answer.json()) == {"access"}
    assert answer.cookies["tts_refresh"]["httponly"]


def test_another_site_cannot_finish_it(anonymous: APIClient, recovery: list[str]) -> None:
    body = {"otp_session": begin(anonymous), "code": app_code()}
    foreign = {**OWN_PAGE, "Origin": "https://evil.example"}
    assert anonymous.post("/login/otp/", body, headers=foreign).status_code == 403


@pytest.mark.parametrize(("drift", "expected"), [(-30, 200), (30, 200), (-90, 401), (90, 401)])
def test_one_step_of_drift_is_forgiven(
    anonymous: APIClient,
    recovery: list[str],
    drift: int,
    expected: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = timezone.now()
    middle = now.replace(second=15 if now.second < 30 else 45)
    monkeypatch.setattr(timezone, "now", lambda: middle)
    code = app_code(at=middle + timedelta(seconds=drift))
    assert finish(anonymous, begin(anonymous), code).status_code == expected


def test_a_step_is_good_once_even_for_another_sign_in(
    anonymous: APIClient, recovery: list[str]
) -> None:
    first, second, code = begin(anonymous), begin(anonymous), app_code()
    assert finish(anonymous, first, code).status_code == 200
    assert finish(anonymous, second, code).json()["code"] == "OTP_INVALID"
    earlier = app_code(at=timezone.now() - timedelta(seconds=30))
    assert finish(anonymous, second, earlier).json()["code"] == "OTP_INVALID"


def test_an_otp_session_is_good_once(anonymous: APIClient, recovery: list[str]) -> None:
    otp_session = begin(anonymous)
    assert finish(anonymous, otp_session, app_code()).status_code == 200
    assert finish(anonymous, otp_session, recovery[0]).json()["code"] == "AUTH_FAILED"


def test_after_five_tries_the_right_code_is_too_late(
    anonymous: APIClient, recovery: list[str]
) -> None:
    otp_session = begin(anonymous)
    answers = [finish(anonymous, otp_session, "000000") for _ in range(5)]
    assert {each.json()["code"] for each in answers} == {"OTP_INVALID"}
    assert finish(anonymous, otp_session, recovery[0]).json()["code"] == "AUTH_FAILED"
    assert AuditEntry.objects.filter(action="proof_refused").count() == 5


def test_new_sign_ins_bring_no_new_guesses(anonymous: APIClient, recovery: list[str]) -> None:
    for _ in range(15):
        assert finish(anonymous, begin(anonymous), "000000").status_code == 401
    answer = finish(anonymous, begin(anonymous), recovery[0])
    assert answer.status_code == 429
    assert 3590 <= answer.json()["retry_after"] <= 3600


def test_ten_minutes_are_all_there_is(anonymous: APIClient, recovery: list[str]) -> None:
    otp_session = begin(anonymous)
    over = timezone.now() - timedelta(seconds=1)
    Challenge.objects.update(created_at=over - timedelta(minutes=10), expires_at=over)
    assert finish(anonymous, otp_session, app_code()).json()["code"] == "AUTH_FAILED"


def test_a_password_changed_meanwhile_ends_the_attempt(
    anonymous: APIClient, recovery: list[str]
) -> None:
    otp_session = begin(anonymous)
    User.objects.filter(username="ana").update(token_version=9)
    assert finish(anonymous, otp_session, app_code()).json()["code"] == "AUTH_FAILED"


def test_a_recovery_code_is_good_once_however_it_is_typed(
    anonymous: APIClient, recovery: list[str]
) -> None:
    typed = f" {recovery[0].lower().replace('-', ' ')} "
    assert finish(anonymous, begin(anonymous), typed).status_code == 200
    again = finish(anonymous, begin(anonymous), recovery[0])
    assert again.json()["code"] == "OTP_INVALID"
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_a_mailed_code_finishes_its_own_attempt_only(anonymous: APIClient, person: Person) -> None:
    with_mail(person("ana"))
    first, second = begin(anonymous), begin(anonymous)
    codes = mailed_codes()
    assert len(codes) == 2
    assert finish(anonymous, second, codes[0]).status_code == (200 if codes[0] == codes[1] else 401)
    assert finish(anonymous, first, codes[0]).status_code == 200
    assert finish(anonymous, second, codes[1]).status_code == 200


def test_a_code_sent_again_replaces_the_first(anonymous: APIClient, person: Person) -> None:
    with_mail(person("ana"))
    otp_session = begin(anonymous)
    for _ in range(2):
        answer = anonymous.post("/login/otp/resend/", {"otp_session": otp_session})
        assert answer.status_code == 200
    assert anonymous.post("/login/otp/resend/", {"otp_session": otp_session}).status_code == 429
    codes = mailed_codes()
    if codes[0] != codes[2]:
        assert finish(anonymous, otp_session, codes[0]).status_code == 401
    assert finish(anonymous, otp_session, codes[2]).status_code == 200


def test_another_code_has_five_tries_and_ten_minutes_of_its_own(
    anonymous: APIClient, person: Person
) -> None:
    with_mail(person("ana"))
    otp_session = begin(anonymous)
    for _ in range(5):
        finish(anonymous, otp_session, WRONG)
    spent = finish(anonymous, otp_session, mailed_codes()[0]).json()
    assert (spent["code"], "ask for another" in spent["error"]) == ("OTP_INVALID", True)
    soon = timezone.now() + timedelta(seconds=30)
    Challenge.objects.update(expires_at=soon)
    anonymous.post("/login/otp/resend/", {"otp_session": otp_session})
    challenge = Challenge.objects.get()
    assert (challenge.tries, challenge.expires_at > soon) == (0, True)
    assert finish(anonymous, otp_session, mailed_codes()[1]).status_code == 200


def test_the_third_code_is_the_last_of_a_sign_in(anonymous: APIClient, person: Person) -> None:
    with_mail(person("ana"))
    otp_session = begin(anonymous)
    for _ in range(3):
        for _ in range(5):
            assert finish(anonymous, otp_session, WRONG).json()["code"] == "OTP_INVALID"
        last = finish(anonymous, otp_session, WRONG).json()["code"]
        anonymous.post("/login/otp/resend/", {"otp_session": otp_session})
    assert (last, len(mailed_codes())) == ("AUTH_FAILED", 3)


def test_nothing_is_mailed_to_who_may_not_try_it(anonymous: APIClient, person: Person) -> None:
    with_mail(person("ana"))
    for _ in range(3):
        otp_session = begin(anonymous)
        for _ in range(5):
            finish(anonymous, otp_session, WRONG)
    for path, body in (
        ("/token/", {"username": "ana", "password": PASSWORD}),
        ("/login/otp/resend/", {"otp_session": otp_session}),
    ):
        answer = anonymous.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (429, "RATE_LIMIT_EXCEEDED")
        assert 0 < int(answer["Retry-After"]) <= 3600
    assert len(mailed_codes()) == 3


def test_signing_in_again_and_again_floods_no_mailbox(anonymous: APIClient, person: Person) -> None:
    recovery = with_mail(person("ana"))
    body = {"username": "ana", "password": PASSWORD}

    def begun(address: str) -> list[int]:
        where = {"X-Forwarded-For": address}
        return [anonymous.post("/token/", body, headers=where).status_code for _ in range(10)]

    assert begun("10.0.0.1") == [401] * 9 + [429]
    assert begun("10.0.0.2") == [401] * 6 + [429] * 4
    assert len(mailed_codes()) == 15
    assert anonymous.post("/token/", body | {"otp_code": recovery[0]}).status_code == 200


def test_a_right_code_forgets_the_mails_that_led_to_it(
    anonymous: APIClient, person: Person
) -> None:
    with_mail(person("ana"))
    for _ in range(20):
        otp_session = begin(anonymous)
        assert finish(anonymous, otp_session, mailed_codes()[-1]).status_code == 200


def test_nothing_is_mailed_for_an_app_or_an_unknown_attempt(
    anonymous: APIClient, recovery: list[str]
) -> None:
    for otp_session in (begin(anonymous), "made-up"):
        answer = anonymous.post("/login/otp/resend/", {"otp_session": otp_session})
        assert answer.status_code == 401
    assert mailed_codes() == []


def test_secrets_and_codes_are_not_in_the_database(
    anonymous: APIClient, person: Person, settings: Any
) -> None:
    recovery = with_app(person("ana"), settings.SIGNING_KEY_SECRET)
    otp_session = begin(anonymous)
    challenge, factor = Challenge.objects.get(), SecondFactor.objects.get()
    assert otp_session.encode() not in bytes(challenge.token_sha256 or b"")
    assert b"JBSWY3DP" not in bytes(factor.sealed_secret or b"")
    kept = b"".join(bytes(each.code_hmac) for each in RecoveryCode.objects.all())
    assert not any(each.encode() in kept for each in recovery)


def test_the_django_admin_asks_for_the_code_too(client: Any, person: Person, settings: Any) -> None:
    with_app(person("boss", ("tts", "Admin")), settings.SIGNING_KEY_SECRET)
    form = {"username": "boss", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", form).status_code == 200
    assert client.get("/admin/").status_code == 302
    client.post("/admin/login/", form)
    assert b"otp_code" in client.post("/admin/login/", {"otp_code": "000000"}).content
    assert client.post("/admin/login/", {"otp_code": app_code()}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_mailed_code_opens_the_django_admin(client: Any, person: Person) -> None:
    with_mail(person("boss", ("tts", "Admin")))
    page = client.post("/admin/login/", {"username": "boss", "password": PASSWORD})
    assert b"mailed to you" in page.content
    [code] = mailed_codes()
    assert client.post("/admin/login/", {"otp_code": code}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_right_code_makes_nobody_an_administrator(
    client: Any, person: Person, settings: Any
) -> None:
    codes = with_app(person("agent", ("tts", "L1 Support")), settings.SIGNING_KEY_SECRET)
    client.post("/admin/login/", {"username": "agent", "password": PASSWORD})
    assert client.post("/admin/login/", {"otp_code": codes[0]}).status_code == 200
    assert client.get("/admin/").status_code == 302
