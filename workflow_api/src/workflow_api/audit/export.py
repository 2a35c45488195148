"""The trail as JSON lines, for whoever keeps or checks it outside of the database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from workflow_api.audit import chain, selectors
from workflow_api.audit.evidence import ANCHOR, FORMAT
from workflow_api.audit.models import AuditAnchor


def exported(*, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield header, rows by id, each anchor after its rows, heads, end; see docs/audit.md.

    The caller provides one snapshot of the database for all of it.
    """
    yield {"type": "header", "format": FORMAT, "exported_at": at.isoformat()}
    counts = {"rows": 0, "anchors": 0, "heads": 0}
    last_id = 0
    for anchor in exported_anchors():
        for row in selectors.rows_by_id(after=last_id, until=anchor["last_id"]):
            yield {"type": "row", **row}
            counts["rows"] += 1
        yield anchor
        last_id = anchor["last_id"]
        counts["anchors"] += 1
    for row in selectors.rows_by_id(after=last_id):
        yield {"type": "row", **row}
        counts["rows"] += 1
    for head in _heads():
        yield head
        counts["heads"] += 1
    yield {"type": "end", **counts}


def exported_anchors() -> Iterator[dict[str, Any]]:
    """Yield the anchors in their order."""
    for anchor in AuditAnchor.objects.order_by("number").iterator(chunk_size=selectors.BATCH):
        yield {"type": "anchor", **chain.values_of(anchor, (*ANCHOR, "hash"))}


def _heads() -> Iterator[dict[str, Any]]:
    for batch in selectors.holders():
        for each in batch:
            subject, seq, hash_ = each.audit_subject, each.audit_seq, each.audit_hash
            yield {"type": "head", "subject": subject, "seq": seq, "hash": hash_}
