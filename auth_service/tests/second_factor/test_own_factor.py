"""Setting one's own second factor up and switching it off."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import PASSWORD
from rest_framework.test import APIClient
from second_factors import SECRET, app_code, mailed_codes, mails, with_app, with_mail

from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.second_factor import services
from auth_service.second_factor.models import RecoveryCode, SecondFactor
from auth_service.tokens.models import Session

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
TWO = "/api/v1/2fa/"


@pytest.fixture
def ana(person: Person) -> User:
    return person("ana", ("tts", "L1 Support"))


@pytest.fixture
def own(ana: User, signed_in: Callable[[User], APIClient]) -> APIClient:
    return signed_in(ana)


def send(client: APIClient, path: str, **body: str) -> Any:
    return client.post(f"{TWO}{path}", {"password": PASSWORD} | body)


def test_an_app_is_set_up_with_a_first_code(own: APIClient) -> None:
    assert own.get(TWO).json() == {
        "method": "none",
        "required": False,
        "recovery_codes_left": 0,
        "enabled_at": None,
    }
    setup = send(own, "totp/setup/")
    assert setup["Cache-Control"] == "no-store"
    given = setup.json()
    assert given["otpauth_uri"].startswith("otpauth://totp/")
    assert given["secret"] in given["otpauth_uri"]
    assert given["qr_svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert own.get(TWO).json()["method"] == "none"
    wrong = send(own, "totp/enable/", code="000000")
    assert (wrong.status_code, wrong.json()["details"]["field"]) == (400, "code")
    answer = send(own, "totp/enable/", code=app_code(secret=given["secret"])).json()
    assert (answer["method"], answer["recovery_codes_left"]) == ("totp", 10)
    assert len(set(answer["recovery_codes"])) == 10
    assert "recovery_codes" not in own.get(TWO).json()
    assert len(mails("profile_updated")) == 1


def test_codes_by_mail_are_set_up_with_the_one_that_came(own: APIClient) -> None:
    assert send(own, "email/setup/").status_code == 200
    (code,) = mailed_codes()
    answer = send(own, "email/enable/", code=code).json()
    assert (answer["method"], len(answer["recovery_codes"])) == ("email", 10)


@pytest.mark.parametrize(
    "path",
    [
        *("totp/setup/", "totp/enable/", "email/setup/", "email/enable/"),
        *("disable/", "recovery-codes/"),
    ],
)
def test_nothing_happens_without_the_password(own: APIClient, path: str) -> None:
    answer = own.post(f"{TWO}{path}", {"password": "wrong-password-1", "code": "000000"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "password")
    assert mailed_codes() == []


def test_five_wrong_passwords_lock_the_proof_as_well(own: APIClient) -> None:
    for _ in range(5):
        own.post(f"{TWO}totp/setup/", {"password": "wrong-password-1"})
    assert send(own, "totp/setup/").status_code == 429


def test_another_app_needs_the_first_switched_off(own: APIClient, ana: User, settings: Any) -> None:
    with_app(ana, settings.SIGNING_KEY_SECRET)
    for path in ("totp/setup/", "email/setup/"):
        assert send(own, path).status_code == 409
    assert SecondFactor.objects.get().pending_secret is None


def test_switching_off_needs_both_and_forgets_everything(
    own: APIClient, ana: User, settings: Any
) -> None:
    with_app(ana, settings.SIGNING_KEY_SECRET)
    assert send(own, "disable/", code="000000").status_code == 400
    answer = send(own, "disable/", code=app_code())
    assert (answer.status_code, answer.json()["method"]) == (200, "none")
    assert not RecoveryCode.objects.exists()
    assert own.get(TWO).status_code == 401, "its tokens are outdated"
    assert Session.objects.get().ended_at is None


def test_codes_by_mail_are_switched_off_with_one_of_them(own: APIClient, ana: User) -> None:
    with_mail(ana)
    send(own, "email/setup/")
    assert send(own, "disable/", code=mailed_codes()[-1]).json()["method"] == "none"


def test_new_recovery_codes_replace_the_old(own: APIClient, ana: User, settings: Any) -> None:
    old = with_app(ana, settings.SIGNING_KEY_SECRET)
    fresh = send(own, "recovery-codes/", code=old[0]).json()["recovery_codes"]
    assert not set(old) & set(fresh)
    assert send(own, "recovery-codes/", code=old[1]).status_code == 400


def test_somebody_who_lost_the_phone_is_reset_and_signed_out(
    own: APIClient, ana: User, settings: Any, at: Any
) -> None:
    with_app(ana, settings.SIGNING_KEY_SECRET)
    services.reset(user_id=ana.pk, by=OPERATOR, at=at)
    assert SecondFactor.objects.get().method == ""
    assert Session.objects.get().end_reason == "admin"


def test_the_secret_is_bound_to_its_person(ana: User, person: Person, settings: Any) -> None:
    with_app(ana, settings.SIGNING_KEY_SECRET)
    sealed = bytes(SecondFactor.objects.get().sealed_secret or b"")
    opened = services.secrets.unseal(sealed, user_id=ana.pk, secret=settings.SIGNING_KEY_SECRET)
    assert opened == SECRET
    with pytest.raises(services.secrets.FactorSealBroken):
        services.secrets.unseal(sealed, user_id=0, secret=settings.SIGNING_KEY_SECRET)
