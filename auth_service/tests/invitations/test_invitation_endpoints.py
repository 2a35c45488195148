"""Invitations over HTTP: a link that makes an account once, with what its sender may give."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from auth_service.access.models import Membership
from auth_service.accounts.models import User
from auth_service.audit.models import AuditEntry
from auth_service.invitations.models import Invitation
from servicekit.contracts import SendEmail

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
INVITATIONS = "/api/v1/invitations/"
ACCEPT, CHECK = f"{INVITATIONS}accept/", f"{INVITATIONS}check/"
SECRET = "Quite-A-Long-Secret-9"


def token_of(mail: SendEmail) -> str:
    page, _, token = str(mail.context["invitation_url"]).partition("#token=")
    assert page.endswith("/invitation")
    return token


@pytest.fixture
def invited(admin: APIClient, role: Any, outbox_of: Any) -> Callable[..., tuple[int, str]]:
    """Return an inviter: id and token of an invitation to ana@example.com as L1 Support."""

    def invite(client: APIClient = admin, system: str = "tts") -> tuple[int, str]:
        wanted = role(system, "L1 Support" if system == "tts" else "Admin").pk
        body = {"email": "ana@example.com", "first_name": "Ana", "role_ids": [wanted]}
        answer = client.post(INVITATIONS, body)
        assert answer.status_code == 201, answer.json()
        return answer.json()["id"], token_of(outbox_of(SendEmail)[-1])

    return invite


def accepted(anonymous: APIClient, token: str, **changed: Any) -> Any:
    body = {"token": token, "username": "ana", "password": SECRET} | changed
    return anonymous.post(ACCEPT, body)


def test_who_accepts_gets_the_account_with_its_roles_and_signs_in(
    invited: Any, anonymous: APIClient, admin: APIClient
) -> None:
    invitation, token = invited()
    shown = anonymous.post(CHECK, {"token": token}).json()
    assert (shown["email"], shown["first_name"]) == ("ana@example.com", "Ana")
    answer = accepted(anonymous, token, last_name="Alvarez")
    body = answer.json()
    assert answer.status_code == 201
    assert [each["role_name"] for each in body["roles"]] == ["L1 Support"]
    assert (body["first_name"], body["last_name"]) == ("Ana", "Alvarez")
    signed = anonymous.post("/token/", {"username": "ana@example.com", "password": SECRET})
    assert signed.status_code == 200
    assert admin.get(f"{INVITATIONS}{invitation}/").json()["state"] == "accepted"
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"invited", "invitation_accepted", "user_created", "role_granted"} <= actions


def test_a_link_works_once(invited: Any, anonymous: APIClient) -> None:
    _, token = invited()
    assert accepted(anonymous, token).status_code == 201
    again = accepted(anonymous, token, username="other")
    assert (again.status_code, again.json()["code"]) == (400, "LINK_INVALID")
    assert anonymous.post(CHECK, {"token": token}).status_code == 400


def test_revoked_expired_replaced_and_made_up_links_answer_alike(
    invited: Any, anonymous: APIClient, admin: APIClient, outbox_of: Any
) -> None:
    invitation, old = invited()
    assert admin.post(f"{INVITATIONS}{invitation}/resend/").status_code == 200
    new = token_of(outbox_of(SendEmail)[-1])
    replaced = accepted(anonymous, old)
    rows = Invitation.objects.filter(pk=invitation)
    now = timezone.now()
    rows.update(created_at=now - timedelta(days=9), expires_at=now - timedelta(seconds=1))
    expired = accepted(anonymous, new)
    assert admin.get(INVITATIONS, {"state": "expired"}).json()["count"] == 1
    assert admin.get(INVITATIONS, {"state": "pending"}).json()["count"] == 0
    rows.update(expires_at=now + timedelta(days=1))
    assert admin.delete(f"{INVITATIONS}{invitation}/").status_code == 204
    revoked = accepted(anonymous, new)
    made_up = accepted(anonymous, "x" * 43)
    bodies = {
        str(each.json() | {"timestamp": ""}) for each in (replaced, expired, revoked, made_up)
    }
    assert len(bodies) == 1
    assert admin.delete(f"{INVITATIONS}{invitation}/").status_code == 409
    assert not User.objects.filter(username="ana").exists()


def test_the_token_is_kept_as_a_hash_and_shown_to_nobody(invited: Any, admin: APIClient) -> None:
    invitation, token = invited()
    assert token not in admin.get(f"{INVITATIONS}{invitation}/").content.decode()
    assert token.encode() not in bytes(Invitation.objects.get().token_sha256)
    assert token not in str(list(AuditEntry.objects.values()))


def test_a_weak_password_leaves_the_link_good(invited: Any, anonymous: APIClient) -> None:
    _, token = invited()
    weak = accepted(anonymous, token, password="short")
    assert weak.json()["details"]["field"] == "password"
    assert accepted(anonymous, token, username="a@b.example").json()["details"]["field"]
    assert accepted(anonymous, token).status_code == 201


def test_sending_again_twice_under_one_key_sends_one_mail(
    invited: Any, admin: APIClient, anonymous: APIClient, outbox_of: Any
) -> None:
    invitation, first = invited()

    def again(key: str) -> Any:
        path = f"{INVITATIONS}{invitation}/resend/"
        return admin.post(path, headers={"Idempotency-Key": key})

    answers = [again("a"), again("a")]
    assert answers[0].json() == answers[1].json()
    assert [each.get("Idempotency-Replayed") for each in answers] == [None, "true"]
    mails = outbox_of(SendEmail)
    assert len(mails) == 2
    assert anonymous.post(CHECK, {"token": token_of(mails[-1])}).status_code == 200
    assert anonymous.post(CHECK, {"token": first}).status_code == 400
    assert again("b").status_code == 200
    assert len(outbox_of(SendEmail)) == 3
    assert admin.post(INVITATIONS, headers={"Idempotency-Key": "a"}).status_code == 422


def test_administrators_invite_into_their_own_systems_only(
    ams_admin: APIClient, admin: APIClient, agent: APIClient, role: Any, invited: Any
) -> None:
    body = {"email": "x@example.com", "role_ids": [role("tts", "L1 Support").pk]}
    assert ams_admin.post(INVITATIONS, body).status_code == 403
    assert ams_admin.post(INVITATIONS, body | {"role_ids": []}).status_code == 403
    assert (
        admin.post(INVITATIONS, body | {"role_ids": [role("ams", "Admin").pk]}).status_code == 403
    )
    assert agent.post(INVITATIONS, body).status_code == 403
    invitation, _ = invited()
    assert ams_admin.get(INVITATIONS).json()["count"] == 0
    for call in (ams_admin.get, ams_admin.delete):
        assert call(f"{INVITATIONS}{invitation}/").status_code == 404
    assert ams_admin.post(f"{INVITATIONS}{invitation}/resend/").status_code == 404


def test_an_administrator_of_ams_brings_somebody_into_ams(
    ams_admin: APIClient, anonymous: APIClient, invited: Any
) -> None:
    _, token = invited(ams_admin, "ams")
    answer = accepted(anonymous, token)
    assert [each["system"] for each in answer.json()["roles"]] == ["ams"]


def test_what_the_sender_may_not_give_any_more_opens_nothing(
    ams_admin: APIClient, anonymous: APIClient, invited: Any
) -> None:
    _, token = invited(ams_admin, "ams")
    Membership.objects.filter(user__username="ams.admin").update(is_active=False)
    assert accepted(anonymous, token).json()["code"] == "LINK_INVALID"
    assert not User.objects.filter(username="ana").exists()


def test_an_address_is_invited_once_and_not_when_it_has_an_account(
    admin: APIClient, invited: Any, person: Person
) -> None:
    invited()
    again = admin.post(INVITATIONS, {"email": "ANA@example.com"})
    assert (again.status_code, again.json()["code"]) == (409, "CONFLICT")
    person("ben")
    known = admin.post(INVITATIONS, {"email": "Ben@example.com"})
    assert (known.status_code, known.json()["details"]["field"]) == (400, "email")


@pytest.mark.parametrize("body", [{}, {"email": "x"}, {"email": "a@b.example", "role_ids": [0]}])
def test_bad_invitations_are_named(admin: APIClient, body: dict[str, Any]) -> None:
    assert admin.post(INVITATIONS, body).json()["code"] == "VALIDATION_ERROR"


def test_an_unknown_role_is_named(admin: APIClient) -> None:
    answer = admin.post(INVITATIONS, {"email": "a@b.example", "role_ids": [999999]})
    assert (answer.status_code, answer.json()["details"]["field"]) == (400, "role_ids")


def test_the_list_costs_the_same_however_long(admin: APIClient, role: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert admin.get(INVITATIONS, {"page_size": 50}).status_code == 200
        return len(seen)

    roles = [role("tts", "L1 Support").pk, role("tts", "L2 Support").pk]
    admin.post(INVITATIONS, {"email": "one@example.com", "role_ids": roles})
    few = queries()
    for number in range(5):
        admin.post(INVITATIONS, {"email": f"n{number}@example.com", "role_ids": roles})
    assert queries() == few


def test_guessing_at_links_is_limited(anonymous: APIClient, settings: Any) -> None:
    settings.OPEN_CALLS_PER_ADDRESS = 3
    codes = [anonymous.post(CHECK, {"token": f"t{n}"}).status_code for n in range(5)]
    assert codes == [400, 400, 400, 429, 429]
