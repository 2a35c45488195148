"""The anchor of each day: written once, kept for ever, and a witness of what chains cannot tell."""

import importlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from builders import AT, deployed
from django.db import DatabaseError, connection, transaction
from racing import race
from rest_framework.test import APIClient
from structlog.testing import capture_logs
from trails import Thing, entry, unguarded

from workflow_api.audit import chain, services
from workflow_api.audit.evidence import Alteration
from workflow_api.audit.models import AuditAnchor, AuditRow
from workflow_api.audit.verification import verify, verify_days
from workflow_api.roles.models import Role

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = AT + 4 * DAY
FIRST = AT.date()


def days(*chains: str) -> dict[str, Thing]:
    """Write three rows of each chain on three days in a row, and anchor the days."""
    things = {name: Thing(name) for name in chains}
    for number in range(3):
        at = AT + number * DAY
        services.record(*[entry(each, f"act{number}", at=at) for each in things.values()])
    services.anchor_days(at=AT + 3 * DAY)
    return things


def fault(*, at: datetime = AT + 3 * DAY) -> tuple[str, int] | None:
    found = verify(at=at).alteration
    return (found.subject, found.seq) if found else None


def test_each_closed_day_is_anchored_once_and_missed_days_are_caught_up() -> None:
    thing = Thing("task:T-1")
    services.record(entry(thing), entry(thing))
    services.record(entry(thing, at=AT + 3 * DAY))

    assert services.anchor_days(at=AT + 4 * DAY) == 4
    assert services.anchor_days(at=AT + 4 * DAY) == 0

    anchors = list(AuditAnchor.objects.order_by("number"))
    assert [(each.number, each.day, each.rows) for each in anchors] == [
        (1, FIRST, 2),
        (2, FIRST + DAY, 0),
        (3, FIRST + 2 * DAY, 0),
        (4, FIRST + 3 * DAY, 1),
    ]
    assert [each.previous_hash for each in anchors] == ["", *[each.hash for each in anchors[:-1]]]
    assert anchors[0].root != anchors[1].root == anchors[2].root
    assert verify(at=AT + 4 * DAY).anchors == 4


@pytest.mark.parametrize(("minute", "written"), [(-1, 0), (59, 0), (60, 1), (24 * 60, 1)])
def test_a_day_is_closed_an_hour_after_its_end(minute: int, written: int) -> None:
    services.record(entry(Thing("task:T-1")))
    midnight = datetime.combine(FIRST + DAY, AT.min.time(), tzinfo=AT.tzinfo)
    assert services.anchor_days(at=midnight + timedelta(minutes=minute)) == written


def test_nothing_is_anchored_before_the_first_row() -> None:
    assert services.anchor_days(at=AT) == 0


def test_a_row_that_is_written_late_belongs_to_the_next_anchor() -> None:
    thing = Thing("task:T-1")
    services.record(entry(thing))
    services.anchor_days(at=AT + DAY)
    services.record(entry(thing, at=AT + timedelta(hours=1)))
    services.anchor_days(at=AT + 2 * DAY)
    assert list(AuditAnchor.objects.order_by("number").values_list("rows", flat=True)) == [1, 1]
    assert fault() is None


def test_a_long_absence_is_caught_up_in_portions() -> None:
    services.record(entry(Thing("task:T-1")))
    later = AT + 40 * DAY
    assert [services.anchor_days(at=later) for _ in range(3)] == [31, 9, 0]


@pytest.mark.django_db(transaction=True)
def test_two_that_anchor_at_once_write_each_anchor_once() -> None:
    with transaction.atomic():
        services.record(entry(Thing("task:T-1")))
    done = race(*[lambda: services.anchor_days(at=AT + 5 * DAY)] * 4)
    assert sum(done) == AuditAnchor.objects.count() == 5


def test_an_anchor_leaves_the_database_as_a_line_in_the_log(
    django_capture_on_commit_callbacks: Any,
) -> None:
    services.record(entry(Thing("task:T-1")))
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        services.anchor_days(at=AT + DAY)
    anchor = AuditAnchor.objects.get()
    (line,) = logs
    assert (line["event"], line["hash"], line["root"]) == (
        "audit_anchored",
        anchor.hash,
        anchor.root,
    )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditanchor SET root = ''", "DELETE FROM audit_auditanchor"],
)
def test_the_database_refuses_to_alter_or_delete_an_anchor(statement: str) -> None:
    days("task:T-1")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_role_of_the_service_may_add_and_read_anchors_only() -> None:
    migration = importlib.import_module("workflow_api.audit.migrations.0003_anchors")
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE audit_test_service")
        cursor.execute("GRANT ALL ON audit_auditanchor TO audit_test_service")
        cursor.execute(migration.REVOKE)
        held = []
        for right in rights:
            cursor.execute(
                "SELECT has_table_privilege('audit_test_service', 'audit_auditanchor', %s)", [right]
            )
            held.append(cursor.fetchone()[0])
    assert held == [True, True, False, False, False]


def test_an_untouched_trail_is_whole() -> None:
    days("task:T-1", "task:T-2")
    found = verify(at=AT + 3 * DAY)
    assert (found.checked, found.anchors, found.alteration) == (6, 3, None)


def test_an_altered_row_is_named_as_such() -> None:
    days("task:T-1", "task:T-2")
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action='x' WHERE subject='task:T-2' AND seq=2")
    assert fault() == ("task:T-2", 2)


def test_a_row_deleted_from_the_middle_is_named() -> None:
    days("task:T-1", "task:T-2")
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE subject='task:T-1' AND seq=2")
    assert fault() == ("task:T-1", 2)


def test_rows_rewritten_with_new_seals_up_to_the_end_contradict_the_anchor() -> None:
    """A forger who knows the formulas makes every chain whole again; the day's root stays."""
    days("task:T-1")
    previous = ""
    with unguarded() as cursor:
        for row in AuditRow.objects.order_by("seq"):
            row.user_name, row.previous_hash = "somebody else", previous
            previous = chain.seal(row)
            cursor.execute(
                "UPDATE audit_auditrow SET user_name = %s, previous_hash = %s, hash = %s "
                "WHERE id = %s",
                [row.user_name, row.previous_hash, previous, row.id],
            )
    assert verify(at=AT, subject="task:T-1").alteration is None
    assert fault() == (f"anchor:{FIRST}", 1)


def test_a_tail_that_was_cut_off_together_with_its_head_contradicts_the_anchor(
    support: Role,
) -> None:
    workflow = deployed(role=support)
    services.anchor_days(at=AT + DAY)
    end = AuditRow.objects.filter(subject=workflow.audit_subject).order_by("-seq")
    last, before = end[0], end[1]
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE id = %s", [last.id])
        cursor.execute(
            "UPDATE workflows_workflow SET audit_seq = %s, audit_hash = %s",
            [before.seq, before.hash],
        )
    assert verify(at=AT, subject=workflow.audit_subject).alteration is None
    found = verify(at=AT).alteration
    assert found is not None
    rows = AuditAnchor.objects.get().rows
    assert found.reason == f"{rows} rows were anchored, {rows - 1} are there"


def test_a_chain_that_was_removed_with_its_subject_contradicts_the_anchor() -> None:
    days("task:T-1", "task:T-2")
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE subject = 'task:T-1'")
    assert fault() == (f"anchor:{FIRST}", 1)


def test_a_row_slipped_into_a_closed_day_contradicts_the_anchor() -> None:
    things = days("task:T-1", "task:T-2")
    free = AuditRow.objects.get(subject="task:T-2", seq=3).id
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditrow SET id = id + 100 WHERE id = %s", [free])
        cursor.execute("UPDATE audit_auditanchor SET last_id = last_id WHERE number = 3")
    services.record(entry(things["task:T-1"], "forged"))
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditrow SET id = %s WHERE action = 'forged'", [free])
    assert fault() == (f"anchor:{FIRST + 2 * DAY}", 3)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("root = repeat('0', 64)", 2),
        ("rows = 3", 2),
        ("last_id = last_id + 1", 2),
        ("day = day - 7", 2),
        ("anchored_at = anchored_at + interval '1 second'", 2),
        ("hash = repeat('0', 64)", 2),
        ("previous_hash = repeat('0', 64)", 2),
    ],
)
def test_an_altered_anchor_is_named(change: str, number: int) -> None:
    days("task:T-1", "task:T-2")
    with unguarded() as cursor:
        cursor.execute(f"UPDATE audit_auditanchor SET {change} WHERE number = {number}")
    found = fault()
    assert found is not None
    assert found[1] == number


@pytest.mark.parametrize("number", [1, 2])
def test_a_removed_anchor_is_missed(number: int) -> None:
    days("task:T-1")
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditanchor WHERE number = %s", [number])
    assert fault() == (f"anchor:{FIRST + number * DAY}", number)


def test_the_last_anchor_is_missed_as_soon_as_it_cannot_merely_be_late() -> None:
    days("task:T-1")
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditanchor WHERE number = 3")
    assert fault(at=AT + 3 * DAY) is None
    assert fault(at=AT + 5 * DAY) == (f"anchor:{FIRST + 2 * DAY}", 3)


def test_days_without_any_anchor_are_missed() -> None:
    services.record(entry(Thing("task:T-1")))
    assert fault(at=AT + DAY) is None
    assert fault(at=AT + 3 * DAY) == (f"anchor:{FIRST}", 1)


def test_a_quiet_service_misses_nothing() -> None:
    days("task:T-1")
    assert fault(at=AT + 90 * DAY) is None


def in_days(
    first: int, last: int, *, at: datetime = AT + 3 * DAY
) -> tuple[int, int, Alteration | None]:
    found = verify_days(first=FIRST + first * DAY, last=FIRST + last * DAY, at=at)
    return found.checked, found.anchors, found.alteration


def test_days_are_checked_alone() -> None:
    things = days("task:T-1", "task:T-2")
    services.record(entry(things["task:T-1"], at=AT + 3 * DAY))
    assert in_days(0, 0) == (2, 1, None)
    assert in_days(1, 2) == (4, 2, None)
    assert in_days(2, 3) == (3, 1, None)
    assert in_days(3, 3) == (1, 0, None)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action='x' WHERE subject='task:T-2' AND seq=2")
    assert in_days(0, 0)[2] is None
    assert in_days(2, 3)[2] is None
    altered = in_days(0, 3)[2]
    assert altered is not None
    assert (altered.subject, altered.seq) == ("task:T-2", 2)


def test_the_rows_of_today_are_checked_though_nothing_is_anchored() -> None:
    services.record(entry(Thing("task:T-1")))
    assert in_days(0, 0, at=AT) == (1, 0, None)
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_auditrow SET action = 'x'")
    assert in_days(0, 0, at=AT)[2] == Alteration(
        subject="task:T-1", seq=1, reason="its values are not those that were sealed"
    )


def test_anchors_are_read_the_newest_first(admin: APIClient) -> None:
    days("task:T-1")
    body = admin.get("/audit/anchors/?page_size=2").json()
    assert [each["day"] for each in body["results"]] == ["2026-11-26", "2026-11-25"]
    newest = AuditAnchor.objects.get(number=3)
    assert body["results"][0] == {
        "number": 3,
        "day": "2026-11-26",
        "last_id": newest.last_id,
        "rows": 1,
        "root": newest.root,
        "anchored_at": "2026-11-27T09:00:00Z",
        "previous_hash": AuditAnchor.objects.get(number=2).hash,
        "hash": newest.hash,
    }


def test_verify_tells_how_far_the_anchors_reach(admin: APIClient) -> None:
    days("task:T-1")
    body = admin.get("/audit/verify/?start_date=2026-11-25&end_date=2026-11-26").json()
    assert body == {
        "valid": True,
        "checked": 2,
        "anchors": 2,
        "anchored_until": "2026-11-26",
        "first_altered": None,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("start_date=yesterday", "start_date"),
        ("end_date=2026-13-01", "end_date"),
        ("start_date=2026-11-25&end_date=2026-11-24", "end_date"),
        ("task_id=T-1&start_date=2026-11-24", "start_date"),
        ("task_id=" + "T" * 41, "task_id"),
    ],
)
def test_what_cannot_be_checked_is_a_400(admin: APIClient, query: str, field: str) -> None:
    answer = admin.get(f"/audit/verify/?{query}")
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == field


@pytest.mark.parametrize("query", ["end_date=9999-12-31", "start_date=0001-01-01"])
def test_days_without_end_are_checked(admin: APIClient, query: str) -> None:
    days("task:T-1")
    assert admin.get(f"/audit/verify/?{query}").json()["checked"] == 3


def test_only_administrators_read_anchors(
    agent: APIClient, nobody: APIClient, anonymous: APIClient
) -> None:
    answers = [each.get("/audit/anchors/").status_code for each in (agent, nobody, anonymous)]
    assert answers == [403, 403, 401]


def test_a_day_is_a_day_in_utc() -> None:
    services.record(entry(Thing("task:T-1"), at=datetime.fromisoformat("2026-11-24T23:30-02:00")))
    services.anchor_days(at=AT + 3 * DAY)
    assert AuditAnchor.objects.get(number=1).day == date(2026, 11, 25)
