"""Proving that the trail is whole, in statements of a thousand rows.

What is written meanwhile does not disturb: rows and anchors stay, and heads are read around them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max

from servicekit.errors import NotFound
from workflow_api.audit import chain, selectors
from workflow_api.audit.evidence import (
    ALTERED,
    ANCHOR,
    ROW,
    Alteration,
    AnchorChain,
    digest,
    head_fault,
)
from workflow_api.audit.models import AuditAnchor, AuditRow

SEALED_ANCHOR = (*ANCHOR, "hash")
OVERDUE = timedelta(days=2)


class NothingRecorded(NotFound):
    message = "Nothing is recorded about {subject}."


@dataclass(kw_only=True)
class Verification:
    """What a check of the trail found; `alteration` names the first row that is not as written."""

    checked: int = 0
    anchors: int = 0
    alteration: Alteration | None = None


def verify(*, at: datetime, subject: str = "") -> Verification:
    """Check every chain, or one, from its first row to the head that its subject carries.

    With all chains also the anchors, which find what left no trace in a chain. `at` is now. Raises
    NothingRecorded for a subject without a row that misses none.
    """
    verifier, found = chain.Verifier(), Verification()
    found.alteration = verifier.first_alteration(
        selectors.rows_by_chain(subject)
    ) or _first_false_end(subject)
    found.checked = verifier.checked
    if subject and not found.checked and found.alteration is None:
        raise NothingRecorded(subject=subject)
    if not subject and found.alteration is None:
        found.alteration = _first_false_anchor(found) or _first_lost_day(at=at)
    return found


def verify_days(*, first: date, last: date, at: datetime) -> Verification:
    """Check the anchors of these days, both included, and the seals of the rows they stand for.

    Rows that no anchor stands for yet belong to the day after the last anchor.
    """
    found = Verification()
    newest = selectors.last_anchor()
    found.alteration = _first_false_day(found, first=first, last=last)
    if found.alteration is None and (newest is None or newest.day < last):
        rows = selectors.rows_by_id(after=newest.last_id if newest else 0)
        found.alteration = _first_broken(rows, found) or _first_lost_day(at=at)
    return found


def _first_false_end(subject: str) -> Alteration | None:
    """Return the first chain that does not end where its subject says.

    The heads are read before the rows and again after them: what grows meanwhile is in order.
    """
    for batch in selectors.holders(subject):
        before = {each.audit_subject: (each.audit_seq, each.audit_hash) for each in batch}
        last = _rows_at(before)
        ends = _last_seqs(before)
        after = selectors.heads(batch)
        for name, head in before.items():
            grown = after.get(name, head)
            end = (ends.get(name, 0), "") if ends.get(name, 0) > grown[0] else last.get(name)
            if fault := head_fault(name, head=head, last=end):
                return fault
    return None


def _rows_at(heads: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Return (seq, hash) of the row that each head names."""
    rows = AuditRow.objects.filter(subject__in=heads, seq__in={seq for seq, _ in heads.values()})
    found = rows.values_list("subject", "seq", "hash")
    return {name: (seq, hash_) for name, seq, hash_ in found if seq == heads[name][0]}


def _last_seqs(heads: dict[str, Any]) -> dict[str, int]:
    rows = AuditRow.objects.filter(subject__in=heads).values("subject")
    return dict(rows.annotate(last=Max("seq")).values_list("subject", "last"))


def _first_false_anchor(found: Verification) -> Alteration | None:
    """Return the first anchor that is altered, or that the hashes of its rows contradict."""
    chained = AnchorChain()
    for anchor in _anchors(first=date.min, last=date.max):
        for leaf in selectors.hashes(after=chained.last_id, until=anchor.last_id):
            chained.tree.add(leaf)
        if fault := chained.fault_of(chain.values_of(anchor, SEALED_ANCHOR)):
            return fault
        found.anchors += 1
    return None


def _first_false_day(found: Verification, *, first: date, last: date) -> Alteration | None:
    """Return the first row of these days whose seal is broken, or anchor that is contradicted."""
    before = AuditAnchor.objects.filter(day__lt=first).order_by("number").last()
    chained = AnchorChain(before.number, before.hash, before.last_id) if before else AnchorChain()
    for anchor in _anchors(first=first, last=last):
        rows = selectors.rows_by_id(after=chained.last_id, until=anchor.last_id)
        fault = _first_broken(rows, found, chained)
        if fault := fault or chained.fault_of(chain.values_of(anchor, SEALED_ANCHOR)):
            return fault
        found.anchors += 1
    return None


def _first_broken(
    rows: Iterator[dict[str, Any]], found: Verification, chained: AnchorChain | None = None
) -> Alteration | None:
    """Return the first row whose values are not those of its hash; the others are counted."""
    for row in rows:
        if row["hash"] != digest(row, ROW):
            return Alteration(subject=row["subject"], seq=row["seq"], reason=ALTERED)
        if chained is not None:
            chained.tree.add(row["hash"])
        found.checked += 1
    return None


def _anchors(*, first: date, last: date) -> Iterator[AuditAnchor]:
    """Yield the anchors of these days in their order."""
    anchors = AuditAnchor.objects.filter(day__gte=first, day__lte=last).order_by("number")
    number = 0
    while batch := list(anchors.filter(number__gt=number)[: selectors.BATCH]):
        yield from batch
        number = batch[-1].number


def _first_lost_day(*, at: datetime) -> Alteration | None:
    """Return the day after the last anchor where that has rows and is long past."""
    newest = selectors.last_anchor()
    day = selectors.first_day_after(newest)
    if day is None or datetime.combine(day, at.timetz()) + OVERDUE > at:
        return None
    if not AuditRow.objects.filter(id__gt=newest.last_id if newest else 0).exists():
        return None
    return Alteration(
        subject=f"anchor:{day}",
        seq=newest.number + 1 if newest else 1,
        reason="the day was not anchored, or its anchor is gone",
    )
