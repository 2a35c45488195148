"""One's own address: used once its mail box has said yes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import PASSWORD
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.test import APIClient
from second_factors import with_app

from auth_service.accounts import services
from auth_service.accounts.links import LinkInvalid
from auth_service.accounts.models import EmailChange, User
from auth_service.audit.actors import Actor
from auth_service.audit.models import AuditEntry
from auth_service.tokens.models import Session
from servicekit.contracts import SendEmail, UserSystemRoleSync
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
ME, CONFIRM = "/api/v1/users/me/", "/email/confirm/"
OLD, NEW = "tts.agent@example.com", "new@example.com"
WANTED = {"email": NEW, "current_password": PASSWORD}


def token_in(mails: list[SendEmail]) -> str:
    links = [each.context["confirm_url"] for each in mails if "confirm_url" in each.context]
    return str(links[-1].partition("#token=")[2])


def mailed(mails: list[SendEmail]) -> list[tuple[str, str]]:
    return [(each.to, each.notification_type) for each in mails]


def test_a_new_address_is_used_once_its_mail_box_says_yes(
    agent: APIClient, anonymous: APIClient, outbox_of: Any
) -> None:
    asked = agent.patch(ME, WANTED | {"phone": "+49 30 123456"}).json()
    assert (asked["email"], asked["pending_email"]) == (OLD, NEW)
    assert (asked["phone"], NEW in asked["message"]) == ("+49 30 123456", True)
    assert mailed(outbox_of(SendEmail)) == [(NEW, "email_change"), (OLD, "system")]
    assert NEW in outbox_of(SendEmail)[-1].context["message"]

    token = token_in(outbox_of(SendEmail))
    answer = anonymous.post(CONFIRM, {"token": token})
    assert (answer.status_code, answer.json()["email"]) == (200, NEW)
    shown = agent.get(ME).json()
    assert (shown["email"], shown["pending_email"]) == (NEW, None)
    assert outbox_of(UserSystemRoleSync)[-1].email == NEW
    told = [(OLD, "profile_updated"), (NEW, "profile_updated")]
    assert mailed(outbox_of(SendEmail))[-2:] == told
    entry = AuditEntry.objects.get(action="user_changed", details__new__email=NEW)
    assert (entry.details["old"], entry.actor) == ({"email": OLD}, "tts.agent")

    again = anonymous.post(CONFIRM, {"token": token})
    assert (again.status_code, again.json()["code"]) == (400, "LINK_INVALID")


def test_it_needs_the_password(agent: APIClient) -> None:
    for given in ({}, {"current_password": "wrong"}):
        answer = agent.patch(ME, {"email": NEW} | given)
        assert (answer.status_code, answer.json()["details"]["field"]) == (400, "current_password")
    assert not EmailChange.objects.exists()


def test_the_link_is_kept_as_a_hash_only(agent: APIClient, outbox_of: Any) -> None:
    agent.patch(ME, WANTED)
    token = token_in(outbox_of(SendEmail))
    assert len(token) >= 43
    row = EmailChange.objects.values().get()
    assert token not in str(row)
    assert len(bytes(row["token_sha256"])) == 32
    assert token not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("token", ["x", "A" * 43, "\x00"])
def test_unknown_links_open_nothing(anonymous: APIClient, builtin: None, token: str) -> None:
    answer = anonymous.post(CONFIRM, {"token": token})
    assert answer.status_code == 400


def test_a_link_lasts_a_day(agent: APIClient, outbox_of: Any) -> None:
    agent.patch(ME, WANTED)
    token, later = token_in(outbox_of(SendEmail)), timezone.now() + timedelta(hours=24, seconds=1)
    with pytest.raises(LinkInvalid):
        services.confirm_address(token=token, by=Actor(), at=later)


@pytest.mark.parametrize("how", ["another wish", "withdrawn", "password", "reset", "by an admin"])
def test_a_link_ends(
    agent: APIClient, admin: APIClient, anonymous: APIClient, outbox_of: Any, how: str
) -> None:
    agent.patch(ME, WANTED)
    token, user = token_in(outbox_of(SendEmail)), User.objects.get(username="tts.agent")
    if how == "another wish":
        agent.patch(ME, WANTED | {"email": "other@example.com"})
    elif how == "withdrawn":
        assert agent.patch(ME, {"email": OLD}).json()["pending_email"] is None
    elif how == "password":
        secret = "Quite-A-Long-Secret-9"
        wanted = {"current_password": PASSWORD, "new_password": secret}
        assert agent.post("/password/change/", wanted).status_code == 200
    elif how == "reset":
        anonymous.post("/password/forgot/", {"email": OLD})
        link = outbox_of(SendEmail)[-1].context["reset_url"].partition("=")[2]
        wanted = {"token": link, "password": "Quite-A-Long-Secret-9"}
        assert anonymous.post("/password/reset/", wanted).status_code == 200
    else:
        path = f"/api/v1/users/{user.pk}/"
        assert admin.patch(path, {"email": "third@example.com"}).status_code == 200
    assert anonymous.post(CONFIRM, {"token": token}).json()["code"] == "LINK_INVALID"
    user.refresh_from_db()
    assert user.email != NEW


def test_nobody_who_is_deactivated_confirms(
    agent: APIClient, admin: APIClient, anonymous: APIClient, outbox_of: Any
) -> None:
    agent.patch(ME, WANTED)
    token, user = token_in(outbox_of(SendEmail)), User.objects.get(username="tts.agent")
    admin.post(f"/api/v1/users/{user.pk}/deactivate/")
    assert anonymous.post(CONFIRM, {"token": token}).status_code == 400


def test_the_answer_does_not_tell_whose_address_it_is(
    agent: APIClient, person: Person, outbox_of: Any
) -> None:
    person("ben", email=NEW)
    asked = agent.patch(ME, WANTED | {"email": NEW.upper()})
    assert (asked.status_code, asked.json()["pending_email"]) == (200, NEW.upper())
    assert mailed(outbox_of(SendEmail)) == [(NEW.upper(), "system"), (OLD, "system")]


def test_an_address_that_was_taken_meanwhile_is_named(
    agent: APIClient, anonymous: APIClient, person: Person, outbox_of: Any
) -> None:
    agent.patch(ME, WANTED)
    token = token_in(outbox_of(SendEmail))
    person("ben", email=NEW)
    answer = anonymous.post(CONFIRM, {"token": token})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "email")


def test_wishes_are_few_an_hour(agent: APIClient, outbox_of: Any) -> None:
    codes = [
        agent.patch(ME, WANTED | {"email": f"n{n}@example.com"}).status_code
        for n in range(settings.OPEN_CALLS_PER_ACCOUNT + 1)
    ]
    assert codes == [200] * settings.OPEN_CALLS_PER_ACCOUNT + [429]


def test_who_has_a_second_factor_has_shown_it_recently(agent: APIClient) -> None:
    user = User.objects.get(username="tts.agent")
    with_app(user, settings.SIGNING_KEY_SECRET)
    Session.objects.update(proved_at=timezone.now() - timedelta(minutes=16))
    answer = agent.patch(ME, WANTED)
    assert (answer.status_code, answer.json()["code"]) == (403, "REAUTHENTICATION_REQUIRED")
    assert agent.patch(ME, {"email": OLD, "phone": "+49 30 123456"}).status_code == 200


def test_an_admin_sets_addresses_of_others_and_both_are_told(
    admin: APIClient, agent: APIClient, outbox_of: Any
) -> None:
    user = User.objects.get(username="tts.agent")
    body = admin.patch(f"/api/v1/users/{user.pk}/", {"email": NEW}).json()
    assert body["email"] == NEW
    told = outbox_of(SendEmail)[-2:]
    assert mailed(told) == [(OLD, "profile_updated"), (NEW, "profile_updated")]
    assert {each.context["actor_name"] for each in told} == {"tts.admin"}
    assert AuditEntry.objects.filter(action="user_changed", actor="tts.admin").exists()


def test_an_admin_too_confirms_his_own(admin: APIClient) -> None:
    me = User.objects.get(username="tts.admin")
    answer = admin.patch(f"/api/v1/users/{me.pk}/", {"email": NEW})
    assert (answer.status_code, answer.json()["code"]) == (409, "CONFLICT")
    assert admin.patch(f"/api/v1/users/{me.pk}/", {"email": me.email}).status_code == 200


def test_one_wish_at_a_time_is_what_the_database_allows(person: Person, at: datetime) -> None:
    user, day = person("ana"), timedelta(days=1)
    rows = [
        EmailChange(
            user=user, email=NEW, token_sha256=bytes([n]), created_at=at, expires_at=at + day
        )
        for n in range(2)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailChange.objects.bulk_create(rows)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_open_one_link_one_changes_the_address(person: Person, outbox_of: Any) -> None:
    user, now = person("ana"), timezone.now()
    services.update_profile(
        changes={"email": NEW},
        current_password=PASSWORD,
        by=Actor(user_id=user.pk, username="ana"),
        at=now,
    )
    token = token_in(outbox_of(SendEmail))

    def confirm() -> bool:
        try:
            services.confirm_address(token=token, by=Actor(), at=now)
        except LinkInvalid:
            return False
        return True

    assert sorted(race(*[confirm] * 10)) == [False] * 9 + [True]
