"""Registrations over HTTP: nothing opens before an administrator approves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.invitations.models import Registration
from servicekit.contracts import SendEmail, UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
REGISTRATIONS = "/api/v1/registrations/"
SECRET = "Quite-A-Long-Secret-9"
WANTED = {"username": "new.one", "email": "new.one@example.com", "password": SECRET}


def asked(anonymous: APIClient, **changed: Any) -> Any:
    return anonymous.post("/register/", WANTED | changed)


def test_a_pending_one_opens_nothing_and_an_approved_one_does(
    anonymous: APIClient, admin: APIClient, role: Any, outbox_of: Any
) -> None:
    assert asked(anonymous).status_code == 202
    signed = {"username": "new.one", "password": SECRET}
    pending = anonymous.post("/token/", signed)
    wrong = anonymous.post("/token/", {"username": "nobody", "password": SECRET})
    assert pending.json() | {"timestamp": ""} == wrong.json() | {"timestamp": ""}
    assert pending.status_code == 401
    row = Registration.objects.get()
    assert admin.get(REGISTRATIONS, {"state": "pending"}).json()["results"][0]["id"] == row.pk
    l1 = role("tts", "L1 Support").pk
    answer = admin.post(f"{REGISTRATIONS}{row.pk}/approve/", {"role_ids": [l1]})
    body = answer.json()
    assert (answer.status_code, body["state"], body["decided_by"]) == (
        200,
        "approved",
        "tts.admin",
    )
    assert anonymous.post("/token/", signed).status_code == 200
    assert outbox_of(UserSystemRoleSync)[-1].system_roles[0].role_id == l1
    assert outbox_of(SendEmail)[-1].notification_type == "account_created"
    row.refresh_from_db()
    assert row.password == ""


def test_a_known_address_hears_the_same_and_gets_a_mail(
    anonymous: APIClient, person: Person, outbox_of: Any
) -> None:
    person("ana")
    known = asked(anonymous, email="ANA@example.com")
    unknown = asked(anonymous)
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    mails = outbox_of(SendEmail)
    assert [each.to for each in mails] == ["ANA@example.com", "new.one@example.com"]
    assert "has one already" in mails[0].context["message"]
    assert Registration.objects.count() == 1


def test_a_taken_name_is_told_by_mail_only(
    anonymous: APIClient, person: Person, outbox_of: Any
) -> None:
    person("ana")
    assert asked(anonymous, username="Ana").status_code == 202
    assert asked(anonymous).status_code == 202
    assert asked(anonymous, email="second@example.com").status_code == 202
    texts = [each.context["message"] for each in outbox_of(SendEmail)]
    assert ["taken" in text for text in texts] == [True, False, True]
    assert Registration.objects.count() == 1


def test_known_and_unknown_addresses_cost_the_same_statements(
    anonymous: APIClient, person: Person
) -> None:
    person("ana")
    asked(anonymous, email="first@example.com", username="first")

    def kinds(**changed: Any) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            asked(anonymous, **changed)
        words = [each["sql"].split()[0] for each in seen]
        return [word for word in words if word in {"INSERT", "UPDATE", "SELECT"}]

    assert kinds(email="ana@example.com", username="x1") == kinds(
        email="ben@example.com", username="x2"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "new.one@example.com"}, "password"),
        ({"email": "x"}, "email"),
        ({"username": "a@b.example"}, "username"),
    ],
)
def test_faults_are_named(anonymous: APIClient, change: dict[str, str], field: str) -> None:
    answer = asked(anonymous, **change)
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, field)


def test_rejected_ones_hear_why_and_never_get_in(
    anonymous: APIClient, admin: APIClient, outbox_of: Any
) -> None:
    asked(anonymous)
    path = f"{REGISTRATIONS}{Registration.objects.get().pk}/"
    answer = admin.post(f"{path}reject/", {"reason": "Ask your lead first."})
    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")
    assert "Ask your lead first." in outbox_of(SendEmail)[-1].context["message"]
    assert admin.post(f"{path}approve/").status_code == 409
    assert admin.post(f"{path}reject/").status_code == 409
    assert not User.objects.filter(username="new.one").exists()
    assert AuditEntry.objects.filter(action="registration_rejected").count() == 1


def test_administrators_of_other_systems_decide_nothing_and_tts_gives_no_foreign_role(
    anonymous: APIClient, admin: APIClient, ams_admin: APIClient, role: Any
) -> None:
    asked(anonymous)
    path = f"{REGISTRATIONS}{Registration.objects.get().pk}/"
    assert ams_admin.get(REGISTRATIONS).status_code == 403
    assert ams_admin.post(f"{path}approve/").status_code == 403
    foreign = admin.post(f"{path}approve/", {"role_ids": [role("ams", "Admin").pk]})
    assert foreign.status_code == 403
    assert not User.objects.filter(username="new.one").exists()
    assert Registration.objects.get().state == "pending"


def test_the_list_costs_the_same_however_long(anonymous: APIClient, admin: APIClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert admin.get(REGISTRATIONS, {"page_size": 50}).status_code == 200
        return len(seen)

    asked(anonymous)
    admin.post(f"{REGISTRATIONS}{Registration.objects.get().pk}/reject/")
    few = queries()
    for number in range(4):
        asked(anonymous, email=f"n{number}@example.com", username=f"n{number}")
    assert queries() == few


def test_too_many_for_one_address_are_refused(anonymous: APIClient, settings: Any) -> None:
    settings.OPEN_CALLS_PER_ACCOUNT = 2
    codes = [asked(anonymous, username=f"n{n}").status_code for n in range(3)]
    assert codes == [202, 202, 429]


def test_an_approval_that_is_sent_again_under_its_key_answers_the_same(
    anonymous: APIClient, admin: APIClient
) -> None:
    asked(anonymous)
    path = f"{REGISTRATIONS}{Registration.objects.get().pk}/approve/"
    first, again = (admin.post(path, {}, HTTP_IDEMPOTENCY_KEY="once") for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert User.objects.filter(username="new.one").count() == 1
