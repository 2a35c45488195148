"""The trail: sealed, append-only, cheap to write, and honest about what was done to it."""

import importlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from builders import AT, deployed, draft
from django.db import DatabaseError, connection, transaction
from trails import Thing, entry, unguarded

from workflow_api.audit import selectors, services
from workflow_api.audit.models import AuditRow
from workflow_api.audit.verification import Verification, verify
from workflow_api.roles.models import Role

pytestmark = pytest.mark.django_db


def test_rows_of_a_subject_form_a_chain() -> None:
    thing, other = Thing("task:T-1"), Thing("workflow:5")
    services.record(entry(thing, "a"), entry(other, "x"), entry(thing, "b"))
    services.record(entry(thing, "c"))
    rows = list(AuditRow.objects.filter(subject="task:T-1").order_by("seq"))
    assert [(row.seq, row.action, row.task_id) for row in rows] == [
        (1, "a", "T-1"),
        (2, "b", "T-1"),
        (3, "c", "T-1"),
    ]
    assert [row.previous_hash for row in rows] == ["", rows[0].hash, rows[1].hash]
    assert (thing.audit_seq, thing.audit_hash) == (3, rows[2].hash)
    assert AuditRow.objects.get(subject="workflow:5").task_id == ""


def test_many_rows_are_one_insert(django_assert_num_queries: Any) -> None:
    thing = Thing("task:T-1")
    with django_assert_num_queries(1):
        services.record(*[entry(thing) for _ in range(50)])


@pytest.mark.django_db(transaction=True)
def test_it_is_written_in_a_transaction_or_not_at_all() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        services.record(entry(Thing("task:T-1")))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -(10**18),
        1.1,
        1e300,
        Decimal("1.10"),
        "",
        "Ünïcödé “quotes” 🎫 \\ \n",
        [1, "a", None, {"b": 2.5}],
        {"z": 1, "a": {"ä": [True]}},
        datetime(2026, 1, 1, 1, 2, 3, 4, tzinfo=UTC),
        timedelta(hours=4),
        {1: "number as key"},
    ],
)
def test_every_value_is_sealed_as_the_database_gives_it_back(value: Any) -> None:
    values = {"old": value, "new": value, "details": {"value": value}}
    services.record(entry(Thing("task:T-1"), **values))
    assert verify(at=AT, subject="task:T-1").alteration is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_kept_as_the_database_writes_them(given: str | None, kept: str) -> None:
    services.record(entry(Thing("task:T-1"), ip=given))
    assert AuditRow.objects.get().ip_address == kept
    assert verify(at=AT, subject="task:T-1").alteration is None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditrow SET action = 'x'", "DELETE FROM audit_auditrow"]
)
def test_the_database_refuses_to_alter_or_delete(statement: str) -> None:
    services.record(entry(Thing("task:T-1")))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_refuses_to_empty_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditrow ENABLE TRIGGER audit_is_not_emptied")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_auditrow")


def test_the_role_of_the_service_keeps_the_right_to_add_and_read_only() -> None:
    migration = importlib.import_module("workflow_api.audit.migrations.0002_append_only")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE audit_test_service")
        cursor.execute("GRANT ALL ON audit_auditrow TO audit_test_service")
        cursor.execute(migration.REVOKE)
        rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
        cursor.execute(
            "SELECT "
            + ", ".join(
                f"has_table_privilege('audit_test_service', 'audit_auditrow', '{right}')"
                for right in rights
            )
        )
        assert cursor.fetchone() == (True, True, False, False, False)


def chain_of(length: int) -> None:
    services.record(entry(Thing("role:1")))
    thing = Thing("task:T-1")
    services.record(*[entry(thing, f"step{n}", new=n) for n in range(length)])
    services.record(entry(Thing("workflow:1")))


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("new_value = '99'", 3),
        ("action = 'other'", 3),
        ("user_id = 2", 3),
        ("at = at + interval '1 microsecond'", 3),
        ("ip_address = '192.0.2.9'", 3),
        ("details = '{\"a\": 1}'", 3),
        ("hash = repeat('0', 64)", 3),
        ("previous_hash = repeat('0', 64)", 3),
    ],
)
def test_an_altered_row_is_named(change: str, seq: int) -> None:
    chain_of(5)
    with unguarded() as cursor:
        cursor.execute(
            f"UPDATE audit_auditrow SET {change} WHERE subject = 'task:T-1' AND seq = {seq}"
        )
    found = verify(at=AT).alteration
    assert found is not None
    assert (found.subject, found.seq) == ("task:T-1", seq)
    assert verify(at=AT, subject="workflow:1").alteration is None


def test_a_row_that_was_taken_out_is_named() -> None:
    chain_of(5)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE subject = 'task:T-1' AND seq = 2")
    found = verify(at=AT).alteration
    assert found is not None
    assert (found.subject, found.seq, found.reason) == ("task:T-1", 2, "the row is missing")


def test_two_rows_that_changed_places_are_named() -> None:
    chain_of(5)
    with unguarded() as cursor:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            cursor.execute(
                f"UPDATE audit_auditrow SET seq = {new} WHERE subject='task:T-1' AND seq = {old}"
            )
    found = verify(at=AT).alteration
    assert found is not None
    assert found.seq == 2


@pytest.mark.parametrize("subject", ["", "workflow"])
def test_a_chain_that_was_cut_off_at_its_end_is_named(support: Role, subject: str) -> None:
    workflow = deployed(role=support)
    assert verify(at=AT).alteration is None
    workflow.refresh_from_db()
    with unguarded() as cursor:
        cursor.execute(
            "DELETE FROM audit_auditrow WHERE subject = %s AND seq = %s",
            [workflow.audit_subject, workflow.audit_seq],
        )
    found = verify(at=AT, subject=subject and workflow.audit_subject).alteration
    assert found is not None
    assert (found.subject, found.seq) == (workflow.audit_subject, workflow.audit_seq)


def test_an_untouched_trail_is_whole() -> None:
    draft()
    chain_of(20)
    found = verify(at=AT)
    assert (found.checked, found.alteration) == (23, None)


def test_a_row_that_was_slipped_in_at_the_end_is_named(support: Role) -> None:
    workflow = deployed(role=support)
    forger = Thing(workflow.audit_subject, workflow.audit_seq, workflow.audit_hash)
    services.record(entry(forger, "workflow_paused"))
    found = verify(at=AT).alteration
    assert found is not None
    assert (found.subject, found.seq) == (workflow.audit_subject, workflow.audit_seq + 1)
    assert found.reason == "the row was slipped in"


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_the_size_of_a_batch_does_not_matter(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    for number in range(4):
        draft(f"Workflow {number}")
    chain_of(6)
    monkeypatch.setattr(selectors, "BATCH", batch)
    assert verify(at=AT) == Verification(checked=12, alteration=None)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM audit_auditrow WHERE subject = 'task:T-1' AND seq = 4")
    found = verify(at=AT).alteration
    assert found is not None
    assert (found.subject, found.seq) == ("task:T-1", 4)
