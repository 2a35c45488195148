"""What somebody who owns the database can alter, the anchors tell, and where."""

from datetime import datetime

import pytest
from builders import AT, deployed
from trails import DAY, FIRST, Thing, days, entry, fault, unguarded

from workflow_api.audit import chain, services
from workflow_api.audit.evidence import Alteration
from workflow_api.audit.models import AuditAnchor, AuditRow
from workflow_api.audit.verification import verify, verify_days
from workflow_api.roles.models import Role

pytestmark = pytest.mark.django_db


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
