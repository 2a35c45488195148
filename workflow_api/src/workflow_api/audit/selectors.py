"""Reading the trail and its anchors, in statements of a thousand rows where all is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from servicekit.api.listing import Key, Order, QueryListing
from workflow_api.audit import chain
from workflow_api.audit.evidence import ROW
from workflow_api.audit.models import TASK_PREFIX, AuditAnchor, AuditRow
from workflow_api.roles import selectors as roles

BATCH = 1000


def entries(
    *,
    task_id: str = "",
    user_id: int | None = None,
    action: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> QuerySet[AuditRow]:
    """Return rows from `start` to `end`, both included, in no order."""
    found = AuditRow.objects.all()
    if task_id:
        found = found.filter(subject=f"{TASK_PREFIX}{task_id}")
    if user_id is not None:
        found = found.filter(user_id=user_id)
    if action:
        found = found.filter(action=action)
    if start is not None:
        found = found.filter(at__gte=start)
    if end is not None:
        found = found.filter(at__lte=end)
    return found


@dataclass(frozen=True)
class Trail(QueryListing):
    """A list of rows; by one query a page they say what who acted is called today."""

    def slice(self, *, offset: int, limit: int) -> list[Any]:
        """Return rows by their place."""
        return _with_names(super().slice(offset=offset, limit=limit))

    def _fetched(self, order: Order, *, past: Key | None, limit: int) -> list[Any]:
        return _with_names(super()._fetched(order, past=past, limit=limit))


def _with_names(rows: list[AuditRow]) -> list[AuditRow]:
    names = roles.names_of(row.user_id for row in rows if row.user_id)
    for row in rows:
        row.user_full_name = names.get(row.user_id or 0, row.user_name)
    return rows


def row_id(*, subject: str, seq: int) -> int | None:
    """Return the number of a row by its place in a chain; None where there is none."""
    found = AuditRow.objects.filter(subject=subject, seq=seq)
    return found.values_list("id", flat=True).first()


def anchors() -> QuerySet[AuditAnchor]:
    """Return the anchors, the newest first."""
    return AuditAnchor.objects.order_by("-number")


def last_anchor() -> AuditAnchor | None:
    """Return the newest anchor."""
    return anchors().first()


def first_day_after(anchor: AuditAnchor | None) -> date | None:
    """Return the first day without an anchor; where there is none, the day of the first row."""
    if anchor is not None:
        return anchor.day + timedelta(days=1)
    first = AuditRow.objects.order_by("id").values_list("at", flat=True).first()
    return first.date() if first else None


def last_id_before(end: datetime, *, after: int) -> int:
    """Return the greatest id of a row of before `end`, which is `after` where there is none."""
    rows = AuditRow.objects.filter(id__gt=after, at__lt=end).order_by("-id")
    return rows.values_list("id", flat=True).first() or after


def rows_by_id(*, after: int, until: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the sealed values of rows, with id and hash, in the order of writing."""
    rows = _sealed().order_by("id")
    rows = rows if until is None else rows.filter(id__lte=until)
    while batch := list(rows.filter(id__gt=after)[:BATCH]):
        yield from map(chain.stored, batch)
        after = batch[-1]["id"]


def hashes(*, after: int, until: int) -> Iterator[str]:
    """Yield the hashes of the rows in the order in which they were written."""
    rows = AuditRow.objects.filter(id__lte=until).order_by("id").values_list("id", "hash")
    while batch := list(rows.filter(id__gt=after)[:BATCH]):
        yield from (each for _, each in batch)
        after = batch[-1][0]


def rows_by_chain(subject: str = "") -> Iterator[dict[str, Any]]:
    """Yield the same of one chain or of all by (subject, seq), each batch by the unique index."""
    rows = _sealed().order_by("subject", "seq")
    name, seq = subject, 0
    while True:
        batch = list(rows.filter(subject=name, seq__gt=seq)[:BATCH])
        if not batch and not subject:
            batch = list(rows.filter(subject__gt=name)[:BATCH])
        if not batch:
            return
        yield from map(chain.stored, batch)
        name, seq = batch[-1]["subject"], batch[-1]["seq"]


def _sealed() -> QuerySet[AuditRow, dict[str, Any]]:
    rows: QuerySet[AuditRow, dict[str, Any]] = AuditRow.objects.values("id", *ROW, "hash")
    return rows


def holders(subject: str = "") -> Iterator[list[Any]]:
    """Yield, in batches, what carries the head of a chain: of all chains, or of the one named."""
    noun, _, name = subject.partition(":")
    number = re.search(r"\d{1,18}$", name)
    for model in _audited_models():
        rows = model._default_manager.filter(audit_seq__gt=0)
        if not subject:
            yield from _all_of(rows)
        elif number and noun == model._meta.model_name:
            yield list(rows.filter(pk=int(number[0])))


def heads(found: list[Any]) -> dict[str, tuple[int, str]]:
    """Return (seq, hash) of the head of each chain by its subject, as they are now."""
    if not found:
        return {}
    fresh = type(found[0])._default_manager.filter(pk__in=[each.pk for each in found])
    return {each.audit_subject: (each.audit_seq, each.audit_hash) for each in fresh}


def _all_of(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _audited_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "audit_subject")]
