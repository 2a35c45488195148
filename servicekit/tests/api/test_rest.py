"""The REST kit: one error body, typed inputs, pages, idempotency, request ids, health."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from kit_app.models import Effect
from rest_framework.test import APIClient

from servicekit.api import Input
from servicekit.errors import Invalid
from servicekit.testing.races import race

pytestmark = pytest.mark.django_db(transaction=True)
Clients = Callable[..., APIClient]


@pytest.fixture
def client(api_as: Clients) -> APIClient:
    return api_as()


def assert_error(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status
    body = answer.json()
    assert body.keys() == {"error", "code", "details", "timestamp"}
    assert body["code"] == code
    assert body["timestamp"].endswith("Z")
    assert answer["X-Request-ID"]


def test_without_a_token_nothing_opens(anonymous: APIClient) -> None:
    assert_error(anonymous.get("/effects/"), 401, "AUTH_FAILED")


def test_all_faults_of_a_body_are_named_by_field(client: APIClient) -> None:
    answer = client.post("/effects/", {"size": "many", "lasts": "soon"})
    assert_error(answer, 400, "VALIDATION_ERROR")
    details = answer.json()["details"]
    assert details["errors"].keys() == {"subject", "size", "lasts"}
    assert details["field"] == "subject"
    assert details["message"] == details["errors"]["subject"][0]


class Line(Input):
    amount: int | Literal["all"]


class Order(Input):
    state: list[int] | int
    lines: list[Line] = []


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"state": "x"}, {"state"}),
        ({"state": [1, "x"]}, {"state", "state.1"}),
        ({"state": 1, "lines": [{"amount": "x"}, {}]}, {"lines.0.amount", "lines.1.amount"}),
        ({"state": 1, "lines": [{"amount": {"a": 1}}]}, {"lines.0.amount"}),
        ({"state": 1, "li\ud800": 1, "lines": ["\x00"]}, {"li\\ud800", "lines"}),
        ({}, {"state"}),
    ],
)
def test_faults_are_named_in_the_words_of_the_caller(
    body: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        Order.parse(body)
    assert refused.value.details["errors"].keys() == fields


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b"\xff\xfe",
        b'{"subject": "\\u0000"}',
        b'{"subject": "\\ud800"}',
        b'{"subject": NaN}',
        b'{"subject": -1e999}',
        b"[" * 100_000,
    ],
)
def test_a_garbage_body_is_a_clear_400(client: APIClient, body: bytes) -> None:
    answer = client.post("/effects/", body, content_type="application/json")
    assert_error(answer, 400, "VALIDATION_ERROR")
    details = answer.json()["details"]
    assert details["errors"][details["field"]] == [details["message"]]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT4H", 14_400), ("8 hours", 28_800), ("90 minutes", 5_400), ("1 hour", 3_600), (30, 30)],
)
def test_durations_are_read_in_each_spelling(client: APIClient, text: object, seconds: int) -> None:
    answer = client.post("/effects/", {"subject": "x", "lasts": text})
    assert answer.json()["lasts_s"] == seconds


def test_what_does_not_exist_is_json_404(client: APIClient) -> None:
    assert_error(client.get("/no/such/place/"), 404, "RESOURCE_NOT_FOUND")


def test_a_wrong_method_is_405_and_a_wrong_type_415(client: APIClient) -> None:
    assert_error(client.delete("/effects/"), 405, "METHOD_NOT_ALLOWED")
    answer = client.post("/effects/", "<x/>", content_type="application/xml")
    assert_error(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert_error(client.get("/effects/", headers={"accept": "text/csv"}), 406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("path", ["/health/", "/livez/", "/readyz/"])
def test_a_probe_answers_get_and_head_and_refuses_the_rest_in_json(path: str) -> None:
    strict = APIClient(enforce_csrf_checks=True)
    assert strict.head(path).status_code == 200
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert_error(strict.generic(method, path), 405, "METHOD_NOT_ALLOWED")


def test_a_fault_of_ours_is_500_without_its_details(client: APIClient) -> None:
    answer = client.get("/boom/")
    assert_error(answer, 500, "INTERNAL_ERROR")
    assert b"secret detail" not in answer.content


def test_a_lost_database_is_503_with_retry_after(client: APIClient) -> None:
    answer = client.get("/boom/?database")
    assert_error(answer, 503, "SERVICE_UNAVAILABLE")
    assert answer["Retry-After"] == "5"


def test_a_missing_slash_costs_neither_method_nor_body(client: APIClient) -> None:
    answer = client.post("/effects", {"subject": "x"})
    assert (answer.status_code, answer["Location"]) == (308, "/effects/")


def test_each_answer_is_logged_under_its_request_id(
    client: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "servicekit.api.middleware")
    client.get("/effects/?page=2", headers={"X-Request-ID": "abcdef-123456"})
    client.get("/livez/", headers={"X-Request-ID": "abcdef-654321"})
    (logged,) = [
        record.msg for record in caplog.records if record.name == "servicekit.api.middleware"
    ]
    assert isinstance(logged, dict)
    assert (logged["method"], logged["path"], logged["status"]) == ("GET", "/effects/", 404)
    assert logged["request_id"] == "abcdef-123456"
    assert logged["ms"] >= 0


def test_a_request_id_is_adopted_when_safe(client: APIClient) -> None:
    given = client.get("/effects/", headers={"X-Request-ID": "abcdef-123456"})
    assert given["X-Request-ID"] == "abcdef-123456"
    unsafe = client.get("/effects/", headers={"X-Request-ID": "a\tb" * 50})
    assert unsafe["X-Request-ID"] != "a\tb" * 50


def test_pages_and_cursors_walk_the_whole_list_in_constant_queries(
    client: APIClient, django_assert_num_queries: Callable[[int], Any]
) -> None:
    Effect.objects.bulk_create(Effect(subject=str(number)) for number in range(25))
    with django_assert_num_queries(2):
        first = client.get("/effects/").json()
    assert first.keys() == {"count", "next", "previous", "results"}
    assert (first["count"], len(first["results"]), first["previous"]) == (25, 10, None)
    seen, url = [], "/effects/?cursor=&page_size=10"
    while url:
        with django_assert_num_queries(1):
            page = client.get(url).json()
        seen += [each["subject"] for each in page["results"]]
        url = page["next"]
    assert seen == [str(number) for number in reversed(range(25))]


def test_links_carry_the_public_prefix_only_where_it_was_used(client: APIClient) -> None:
    Effect.objects.bulk_create(Effect(subject=str(number)) for number in range(11))
    plain = client.get("/effects/").json()["next"]
    mounted = client.get("/effects/", SCRIPT_NAME="/kit").json()["next"]
    assert plain.endswith("//testserver/effects/?page=2")
    assert mounted.endswith("//testserver/kit/effects/?page=2")


def test_the_same_key_and_body_give_the_same_answer_once(client: APIClient) -> None:
    headers = {"Idempotency-Key": "k-1"}
    first = client.post("/effects/", {"subject": "x"}, headers=headers)
    second = client.post("/effects/", {"subject": "x"}, headers=headers)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert second["Idempotency-Replayed"] == "true"
    assert Effect.objects.count() == 1


def test_the_same_key_with_another_body_is_422(client: APIClient) -> None:
    headers = {"Idempotency-Key": "k-1"}
    client.post("/effects/", {"subject": "x"}, headers=headers)
    answer = client.post("/effects/", {"subject": "y"}, headers=headers)
    assert_error(answer, 422, "VALIDATION_ERROR")


def test_keys_of_two_people_do_not_meet(api_as: Clients) -> None:
    headers = {"Idempotency-Key": "k-1"}
    for user_id in (1, 2):
        answer = api_as(user_id=user_id).post("/effects/", {"subject": "x"}, headers=headers)
        assert "Idempotency-Replayed" not in answer
    assert Effect.objects.count() == 2


def test_a_failed_request_does_not_use_up_its_key(client: APIClient) -> None:
    headers = {"Idempotency-Key": "k-1"}
    assert client.post("/effects/", {}, headers=headers).status_code == 400
    assert client.post("/effects/", {"subject": "x"}, headers=headers).status_code == 201


def test_of_ten_simultaneous_callers_with_one_key_one_creates(api_as: Clients) -> None:
    def call() -> Any:
        headers = {"Idempotency-Key": "k-1"}
        return api_as().post("/effects/", {"subject": "x"}, headers=headers)

    answers = race(*[call] * 10)
    assert Effect.objects.count() == 1
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_health_names_every_check(anonymous: APIClient) -> None:
    body = anonymous.get("/health/").json()
    assert body["status"] == "ok"
    assert body["service"] == "kit"
    assert body["checks"] == {"database": "ok", "redis": "ok", "broker": "ok"}
    assert anonymous.get("/livez/").status_code == 200
    assert anonymous.get("/readyz/").status_code == 200


def test_health_is_degraded_without_the_broker(anonymous: APIClient, settings: Any) -> None:
    settings.AMQP_URL = "amqp://nobody:x@127.0.0.1:1//"
    answer = anonymous.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["checks"]["broker"] == "down"


def test_the_api_describes_itself(anonymous: APIClient) -> None:
    assert b"openapi: 3" in anonymous.get("/schema/").content
    assert b"swagger" in anonymous.get("/docs/").content.lower()
    assert b"django_http" in anonymous.get("/metrics").content


class Appointment(Input):
    ends_at: datetime


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T10:00:00+23:30", datetime(2026, 11, 23, 10, 30, tzinfo=UTC)),
        ("2026-11-24T10:00:00-18:00", datetime(2026, 11, 25, 4, 0, tzinfo=UTC)),
    ],
)
def test_times_of_far_zones_are_taken_as_what_they_are(text: str, moment: datetime) -> None:
    parsed = Appointment.parse({"ends_at": text})
    assert (parsed.ends_at, parsed.ends_at.tzinfo) == (moment, UTC)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"])
def test_a_time_beyond_time_is_named(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Appointment.parse({"ends_at": text})
    assert refused.value.field == "ends_at"


def test_a_value_that_no_column_takes_is_the_callers_fault(client: APIClient) -> None:
    assert_error(client.get("/boom/?value"), 400, "VALIDATION_ERROR")
