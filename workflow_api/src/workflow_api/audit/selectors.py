"""Reading the trail, and proving that it is whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from workflow_api.audit.chain import Alteration, Verifier
from workflow_api.audit.models import AuditRow

BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a check of the trail found; `alteration` names the first row that is not as written."""

    checked: int
    alteration: Alteration | None


def entries(
    *,
    task_id: str = "",
    user_id: int | None = None,
    action: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> QuerySet[AuditRow]:
    """Return rows, the newest first, from `start` to `end`, both included."""
    found = AuditRow.objects.all()
    if task_id:
        found = found.filter(task_id=task_id)
    if user_id is not None:
        found = found.filter(user_id=user_id)
    if action:
        found = found.filter(action=action)
    if start is not None:
        found = found.filter(at__gte=start)
    if end is not None:
        found = found.filter(at__lte=end)
    return found.order_by("-id")


def verify(*, subject: str = "") -> Verification:
    """Check every chain, or one, from its first row to the head that its subject carries.

    Reads all of it, in statements of a thousand rows; what is written meanwhile does not disturb.
    """
    verifier = Verifier()
    alteration = verifier.first_alteration(_rows_in_order(subject)) or _first_cut(subject)
    return Verification(checked=verifier.checked, alteration=alteration)


def _rows_in_order(subject: str) -> Iterator[AuditRow]:
    """Yield the rows by (subject, seq), each batch found by the unique index."""
    rows = AuditRow.objects.order_by("subject", "seq")
    name, seq = subject, 0
    while True:
        batch = list(rows.filter(subject=name, seq__gt=seq)[:BATCH])
        if not batch and not subject:
            batch = list(rows.filter(subject__gt=name)[:BATCH])
        if not batch:
            return
        yield from batch
        name, seq = batch[-1].subject, batch[-1].seq


def _first_cut(subject: str) -> Alteration | None:
    """Return the first head whose row is gone: a chain that was cut off at its end."""
    waiting = _holders(subject)
    while holders := list(islice(waiting, BATCH)):
        heads = {each.audit_subject: each for each in holders}
        last = AuditRow.objects.filter(
            subject__in=heads, seq__in={each.audit_seq for each in holders}
        )
        found = {(row.subject, row.seq): row.hash for row in last}
        for name, each in heads.items():
            if found.get((name, each.audit_seq)) != each.audit_hash:
                reason = "the row is missing, or is not the last that was written"
                return Alteration(subject=name, seq=each.audit_seq, reason=reason)
    return None


def _holders(subject: str) -> Iterator[Any]:
    """Yield what carries the head of a chain: of all chains, or of the one named."""
    noun, _, name = subject.partition(":")
    number = re.search(r"\d{1,18}$", name)
    for model in _audited_models():
        rows = model._default_manager.filter(audit_seq__gt=0)
        if not subject:
            yield from _all_of(rows)
        elif number and noun == model._meta.model_name:
            yield from rows.filter(pk=int(number[0]))


def _all_of(rows: QuerySet[Any]) -> Iterator[Any]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _audited_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "audit_subject")]
