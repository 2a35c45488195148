from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from notification_service.email import services
from notification_service.email.models import Email, State
from notification_service.email.services import Wanted

pytestmark = pytest.mark.django_db

SEND, HISTORY = "/api/v1/notifications/send/", "/api/v1/notifications/history/"
FAILED = "/api/v1/notifications/failed/"
BODY = {
    "user_email": "ana@example.com",
    "user_name": "Ana Ruiz",
    "notification_type": "account_created",
    "context_data": {"username": "ana", "temporary_password": "Blue-Harbour-27"},
}


def queue(to: str, *, at: datetime, state: str = State.QUEUED, user_id: int | None = None) -> Email:
    wanted = Wanted(to=to, notification_type="system", source="test", user_id=user_id)
    mail = services.queue_mail(wanted, at=at)
    Email.objects.filter(id=mail.id).update(state=state)
    return mail


def test_a_program_with_a_key_sends_a_mail(program: Any) -> None:
    answer = program.post(SEND, BODY)
    assert answer.status_code == 201
    body = answer.json()
    assert (body["success"], set(body)) == (True, {"success", "message", "id"})
    mail = Email.objects.get(id=body["id"])
    assert (mail.recipient, mail.recipient_name) == ("ana@example.com", "Ana Ruiz")
    assert mail.source == "api-key:hdts"
    assert "Blue-Harbour-27" in mail.text


@pytest.mark.parametrize("key", ["", "wrong", "a-key-for-tests ", "\u00fc", "x" * 10_000])
def test_a_bad_key_is_a_401_whatever_the_body(program: Any, key: str) -> None:
    program.credentials(HTTP_X_API_KEY=key.encode().decode("latin-1"))
    for body in (BODY, {}, {"user_email": 1}):
        answer = program.post(SEND, body)
        assert (answer.status_code, answer.json()["code"]) == (401, "AUTH_FAILED")
    assert not Email.objects.exists()


def test_without_a_key_it_is_a_401(anonymous: Any) -> None:
    assert anonymous.post(SEND, BODY).status_code == 401


def test_the_same_idempotency_key_sends_one_mail_and_another_body_is_a_422(program: Any) -> None:
    answers = [program.post(SEND, BODY, HTTP_IDEMPOTENCY_KEY="k") for _ in range(10)]
    assert {answer.json()["id"] for answer in answers} == {Email.objects.get().id}
    other = program.post(SEND, {**BODY, "user_name": "Ben"}, HTTP_IDEMPOTENCY_KEY="k")
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"user_email": "nobody"}, "user_email"),
        ({"user_email": "a@example.com\r\nBcc: b@example.com"}, "user_email"),
        ({"user_email": "a@example.com,b@example.com"}, "user_email"),
        ({"user_name": "Ana\r\nBcc: b@example.com"}, "user_name"),
        ({"user_name": "Ana\u2028Bcc: b@example.com"}, "user_name"),
        ({"notification_type": "no_such"}, "notification_type"),
        ({"context_data": "x"}, "context_data"),
        ({"context_data": {"x": "y" * 70_000}}, None),
        ({"user_email": None}, "user_email"),
    ],
)
def test_a_body_that_is_wrong_is_a_400_that_names_the_field(
    program: Any, change: dict[str, Any], field: str | None
) -> None:
    answer = program.post(SEND, {**BODY, **change})
    assert (answer.status_code, answer.json()["details"].get("field")) == (400, field)
    assert not Email.objects.exists()


def test_a_line_break_in_the_context_cannot_reach_the_header(program: Any) -> None:
    context = {"task_title": "x\r\nBcc: all@example.com"}
    body = {**BODY, "notification_type": "task_assignment", "context_data": context}
    program.post(SEND, body)
    assert Email.objects.get().subject == "New task: x Bcc: all@example.com"


def test_markup_in_the_context_is_escaped_in_the_page(program: Any) -> None:
    context = {"task_title": "<img src=x onerror=alert(1)>"}
    program.post(SEND, {**BODY, "notification_type": "mention", "context_data": context})
    assert "<img" not in Email.objects.get().html


def test_history_shows_all_to_an_administrator_and_ones_own_to_others(
    admin: Any, ana: Any, api_as: Callable[..., Any], now: datetime
) -> None:
    own = queue("l1.ana@example.com", at=now)
    by_id = queue("elsewhere@example.com", at=now, user_id=1)
    queue("ben@example.com", at=now)
    assert admin.get(HISTORY).json()["count"] == 3
    assert [each["id"] for each in ana.get(HISTORY).json()["results"]] == [by_id.id, own.id]
    nobody = api_as(user_id=7, username="x", roles=(), email="")
    assert nobody.get(HISTORY).json()["count"] == 0


def test_history_never_shows_what_a_mail_says(admin: Any, program: Any) -> None:
    program.post(SEND, BODY)
    assert b"Blue-Harbour-27" not in admin.get(HISTORY).content


def test_history_is_narrowed_and_paged(admin: Any, now: datetime) -> None:
    for number in range(12):
        queue(f"u{number}@example.com", at=now, state=State.FAILED if number % 2 else State.QUEUED)
    assert admin.get(HISTORY, {"status": "failed"}).json()["count"] == 6
    assert admin.get(HISTORY, {"recipient": "u3@example.com"}).json()["count"] == 1
    assert admin.get(HISTORY, {"notification_type": "otp"}).json()["count"] == 0
    assert admin.get(HISTORY, {"status": "nonsense"}).status_code == 400
    first = admin.get(f"{HISTORY}?cursor=").json()
    second = admin.get(first["next"]).json()
    assert len(first["results"] + second["results"]) == 12


def test_the_number_of_queries_does_not_grow_with_the_log(
    admin: Any, now: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    for count in (1, 30):
        for number in range(count):
            queue(f"u{number}@example.com", at=now, state=State.FAILED)
        for url in (HISTORY, FAILED):
            with django_assert_num_queries(2):
                admin.get(url, {"page_size": 100})
            with django_assert_num_queries(1):
                admin.get(url, {"page_size": 100, "cursor": ""})


def test_a_failed_mail_is_retried_once(admin: Any, now: datetime) -> None:
    mail = queue("a@example.com", at=now, state=State.FAILED)
    assert admin.get(FAILED).json()["count"] == 1
    answer = admin.post(f"{FAILED}{mail.id}/retry/")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["attempts"]) == ("queued", 0)
    assert answer.json()["message"]
    again = admin.post(f"{FAILED}{mail.id}/retry/")
    assert (again.status_code, again.json()["code"]) == (409, "MAIL_NOT_FAILED")
    assert admin.post(f"{FAILED}999999/retry/").status_code == 404


@pytest.mark.parametrize("roles", [(), (("tts", "Ticket Coordinator"),), (("hdts", "Admin"),)])
def test_failed_mail_is_for_administrators_of_tts_alone(
    api_as: Callable[..., Any], now: datetime, roles: tuple[tuple[str, str], ...]
) -> None:
    mail = queue("a@example.com", at=now, state=State.FAILED)
    client = api_as(roles=roles)
    assert client.get(FAILED).status_code == 403
    assert client.post(f"{FAILED}{mail.id}/retry/").status_code == 403


def test_nobody_without_a_token(anonymous: Any) -> None:
    assert anonymous.get(HISTORY).status_code == 401
    assert anonymous.get(FAILED).status_code == 401
    assert anonymous.post(f"{FAILED}1/retry/").status_code == 401


def test_a_service_token_with_the_scope_asks_for_mail(token_for: Any, anonymous: APIClient) -> None:
    def send(scope: str, **claims: Any) -> int:
        about = {"sub": "client:4f0c", "aud": "notification_service", "scope": scope}
        token = token_for(username="nightly", roles=(), **(about | claims))
        anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
        return anonymous.post(SEND, BODY).status_code

    assert send("notifications:send") == 201
    assert Email.objects.get().source == "client:4f0c"
    assert send("users:read") == 403
    assert send("notifications:send", aud="workflow_api") == 401


def test_a_person_does_not_send_mail_with_their_own_token(api_as: Any) -> None:
    admin = api_as(roles=(("tts", "Admin"),))
    assert admin.post(SEND, BODY).status_code == 403
