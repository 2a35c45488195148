"""GET /audit/ and /audit/verify/."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from builders import ADMIN, AT
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from servicekit.auth import Principal
from workflow_api.audit import services
from workflow_api.audit.services import AuditEntry
from workflow_api.roles.models import Person, Role

pytestmark = pytest.mark.django_db

ANA = Principal(user_id=11, username="l1.ana")


class Subject:
    """A subject without a table."""

    def __init__(self, name: str) -> None:
        self.audit_subject, self.audit_seq, self.audit_hash = name, 0, ""


@pytest.fixture
def three(db: None) -> None:
    record_three(at=AT)


def record_three(*, at: datetime) -> None:
    task, workflow = Subject("task:T-1"), Subject("thing:5")
    values: dict[str, Any] = {"field": "state", "old": "pending", "new": "in_progress"}
    services.record(
        AuditEntry(subject=task, action="task_created", by=None, at=at),
        AuditEntry(
            subject=task,
            action="task_started",
            by=ANA,
            at=at + timedelta(hours=1),
            details={"notes": "looking"},
            ip="192.0.2.7",
            **values,
        ),
        AuditEntry(subject=workflow, action="thing_changed", by=ADMIN, at=at + timedelta(days=1)),
    )


def actions(client: APIClient, query: str) -> list[str]:
    answer = client.get(f"/audit/?{query}")
    assert answer.status_code == 200, answer.json()
    return [row["action"] for row in answer.json()["results"]]


def test_an_item_is_as_the_contract_says(admin: APIClient, three: None) -> None:
    row = admin.get("/audit/?action=task_started").json()["results"][0]
    assert row.pop("id") > 0
    assert len(row.pop("hash")) == 64
    assert row == {
        "timestamp": "2026-11-24T10:00:00Z",
        "user": "l1.ana",
        "user_full_name": "l1.ana",
        "user_id": 11,
        "action": "task_started",
        "subject": "task:T-1",
        "seq": 2,
        "task_id": "T-1",
        "details": {
            "field": "state",
            "old_value": "pending",
            "new_value": "in_progress",
            "notes": "looking",
        },
        "ip_address": "192.0.2.7",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["thing_changed", "task_started", "task_created"]),
        ("task_id=T-1", ["task_started", "task_created"]),
        ("task_id=T-2", []),
        ("user_id=11", ["task_started"]),
        ("action=thing_changed", ["thing_changed"]),
        ("start_date=2026-11-25", ["thing_changed"]),
        ("end_date=2026-11-24", ["task_started", "task_created"]),
        ("start_date=2026-11-24T09:30:00Z&end_date=2026-11-24T23:00:00Z", ["task_started"]),
        ("start_date=2026-11-24T10:00:00&end_date=2026-11-24T10:00:00", ["task_started"]),
        ("end_date=2026-11-24T08:59:59Z", []),
    ],
)
def test_the_trail_is_narrowed(admin: APIClient, three: None, query: str, found: list[str]) -> None:
    assert actions(admin, query) == found


def test_pages_by_cursor_go_all_the_way_without_counting(admin: APIClient, three: None) -> None:
    seen: list[str] = []
    url: str | None = "/audit/?cursor=&page_size=2"
    while url:
        body = admin.get(url).json()
        assert "count" not in body
        seen += [row["action"] for row in body["results"]]
        url = body["next"]
    assert seen == ["thing_changed", "task_started", "task_created"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("user_id=x", "user_id"),
        ("user_id=0", "user_id"),
        (f"user_id={10**30}", "user_id"),
        ("start_date=yesterday", "start_date"),
        ("start_date=0001-01-01T00:00:00%2B14:00", "start_date"),
        ("end_date=9999-12-31T23:59:59-14:00", "end_date"),
        ("end_date=2026-13-01", "end_date"),
        ("start_date=2026-11-25&end_date=2026-11-24", "end_date"),
        ("task_id=" + "T" * 41, "task_id"),
        ("ordering=hash", "ordering"),
        ("cursor=!!!", "cursor"),
        ("page=0", "page"),
    ],
)
def test_what_cannot_be_read_is_a_400_naming_the_field(
    admin: APIClient, db: None, query: str, field: str
) -> None:
    answer = admin.get(f"/audit/?{query}")
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == field


@pytest.mark.parametrize(
    "query",
    [
        "end_date=9999-12-31",
        "start_date=99999999999999",
        "task_id=nonsense",
        "action=unheard_of",
    ],
)
def test_what_is_merely_strange_finds_nothing(admin: APIClient, db: None, query: str) -> None:
    assert actions(admin, query) == []


def test_what_the_database_cannot_store_is_a_400(admin: APIClient, db: None) -> None:
    assert admin.get("/audit/?action=a%00b").json()["code"] == "VALIDATION_ERROR"


def test_the_order_can_be_turned(admin: APIClient, three: None) -> None:
    assert actions(admin, "ordering=timestamp") == ["task_created", "task_started", "thing_changed"]
    assert actions(admin, "ordering=timestamp&cursor=&page_size=1") == ["task_created"]


def test_who_acted_has_the_name_that_colleagues_know(admin: APIClient, three: None) -> None:
    Person.objects.create(user_id=11, username="l1.ana", full_name="Ana Alvarez", version=1)

    for query in ("", "cursor="):
        rows = admin.get(f"/audit/?{query}").json()["results"]
        assert [(row["user"], row["user_full_name"]) for row in rows] == [
            ("admin", "admin"),
            ("l1.ana", "Ana Alvarez"),
            ("system", "system"),
        ]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    admin: APIClient, three: None, django_assert_num_queries: Any
) -> None:
    services.record(
        *[AuditEntry(subject=Subject(f"row:{n}"), action="a", at=AT) for n in range(40)]
    )
    for query, queries in (("cursor=", 2), ("page_size=50", 3), ("user_id=11&cursor=", 2)):
        with django_assert_num_queries(queries):
            admin.get(f"/audit/?{query}")


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "audit_in_time"),
        ("user_id=5", "audit_of_person"),
        ("user_id=5&action=act5", "audit_of_persons_action"),
        ("user_id=5&action=act6", "audit_of_persons_action"),
        ("action=act5", "audit_action_time"),
        ("start_date=2026-11-25&end_date=2026-11-25", "audit_in_time"),
        ("user_id=5&start_date=2026-11-25&end_date=2026-11-25", "audit_of_person"),
        ("action=act5&end_date=2026-11-25&ordering=timestamp", "audit_action_time"),
    ],
)
def test_each_filter_reads_its_page_from_an_index_without_sorting(
    admin: APIClient, query: str, index: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditrow (subject, seq, at, user_id, user_name, action, task_id,"
            " field, details, previous_hash, hash) SELECT 'task:T-' || n %% 200, n, "
            "%s + n * interval '30 seconds', n %% 20, '', 'act' || n %% 400, 'T-' || n %% 200, '',"
            " '{}', '', '' FROM generate_series(1, 20000) n",
            [AT],
        )
        cursor.execute("ANALYZE audit_auditrow")
    with CaptureQueriesContext(connection) as asked:
        assert admin.get(f"/audit/?cursor=&{query}").status_code == 200
    with connection.cursor() as cursor:
        listed = [each["sql"] for each in asked.captured_queries if "audit_auditrow" in each["sql"]]
        cursor.execute("EXPLAIN " + listed[-1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("path", ["/audit/", "/audit/verify/"])
def test_only_administrators_read_the_trail(
    agent: APIClient, nobody: APIClient, anonymous: APIClient, db: None, path: str
) -> None:
    answers = [client.get(path).status_code for client in (agent, nobody, anonymous)]
    assert answers == [403, 403, 401]


def test_verify_says_that_all_is_well_and_what_is_not(admin: APIClient, db: None) -> None:
    record_three(at=timezone.now())  # so that no day of theirs should have been anchored by now
    assert admin.get("/audit/verify/").json() == {
        "valid": True,
        "checked": 3,
        "anchors": 0,
        "anchored_until": None,
        "first_altered": None,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_auditrow SET user_name = 'x' WHERE action = 'task_started'")
    altered = admin.get("/audit/?action=task_started").json()["results"][0]
    assert admin.get("/audit/verify/?task_id=T-1").json() == {
        "valid": False,
        "checked": 1,
        "anchors": 0,
        "anchored_until": None,
        "first_altered": {
            "id": altered["id"],
            "subject": "task:T-1",
            "seq": 2,
            "task_id": "T-1",
            "reason": "its values are not those that were sealed",
        },
    }


@pytest.mark.parametrize("query", ["task_id=T-404", "subject=workflow:404"])
def test_what_nothing_is_recorded_about_is_not_called_valid(admin: APIClient, query: str) -> None:
    answer = admin.get(f"/audit/verify/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
    assert admin.get("/audit/verify/").json()["valid"] is True


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "127.0.0.1"),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, "192.0.2.7"),
        ({"HTTP_X_FORWARDED_FOR": "10.6.6.6, 192.0.2.7"}, "192.0.2.7"),
        ({"HTTP_X_FORWARDED_FOR": "nonsense"}, "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(
    admin: APIClient, db: None, headers: dict[str, str], address: str | None
) -> None:
    body = {"name": "Printers", "category": "IT"}
    assert admin.post("/workflows/", body, **headers).status_code == 201
    assert admin.get("/audit/").json()["results"][0]["ip_address"] == address


def test_what_nobody_asked_for_over_http_has_no_address(admin: APIClient, support: Role) -> None:
    assert Person.objects.exists()
    assert {row["ip_address"] for row in admin.get("/audit/").json()["results"]} == {None}
