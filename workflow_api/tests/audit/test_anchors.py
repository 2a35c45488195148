"""The anchor of each day: written once and kept for ever."""

import importlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from builders import AT
from django.db import DatabaseError, connection, transaction
from structlog.testing import capture_logs
from trails import DAY, FIRST, Thing, days, entry, fault

from servicekit.testing.races import race
from workflow_api.audit import services
from workflow_api.audit.models import AuditAnchor
from workflow_api.audit.verification import verify

pytestmark = pytest.mark.django_db


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


def test_a_day_is_a_day_in_utc() -> None:
    services.record(entry(Thing("task:T-1"), at=datetime.fromisoformat("2026-11-24T23:30-02:00")))
    services.anchor_days(at=AT + 3 * DAY)
    assert AuditAnchor.objects.get(number=1).day == date(2026, 11, 25)
