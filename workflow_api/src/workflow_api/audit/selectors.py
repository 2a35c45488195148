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

    Reads all of it, in batches; what is written meanwhile does not disturb.
    """
    rows = AuditRow.objects.order_by("subject", "seq")
    if subject:
        rows = rows.filter(subject=subject)
    verifier = Verifier()
    alteration = verifier.first_alteration(rows.iterator(BATCH)) or _first_cut(subject)
    return Verification(checked=verifier.checked, alteration=alteration)


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
    for model in _audited_models():
        rows = model._default_manager.filter(audit_seq__gt=0).order_by("pk")
        if not subject:
            yield from rows.iterator(BATCH)
        elif noun == model._meta.model_name and (number := re.search(r"\d+$", name)):
            yield from rows.filter(pk=int(number[0]))


def _audited_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "audit_subject")]
