"""What a simulator answers, and the same answer again for the same idempotency key."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from servicekit.errors import IdempotencyMismatch

from .models import KeptAnswer


class Answer(NamedTuple):
    """An HTTP status and a JSON body."""

    status: int
    body: dict[str, Any]


@transaction.atomic
def answer_once(
    *, simulator: str, key: str, request: object, work: Callable[[], Answer], at: datetime
) -> Answer:
    """Do the work, or return what it answered to the same request under this key before.

    Simultaneous requests with one key wait for each other (an advisory lock until commit); an
    empty key means no memory. Raises IdempotencyMismatch for another request under a known key.
    """
    if not key:
        return work()
    _lock(f"{simulator} {key}")
    fingerprint = _fingerprint(request)
    kept = KeptAnswer.objects.filter(simulator=simulator, key=key).first()
    if kept is None:
        answer = work()
        KeptAnswer.objects.create(
            simulator=simulator,
            key=key,
            fingerprint=fingerprint,
            status=answer.status,
            body=answer.body,
            created_at=at,
        )
        return answer
    if kept.fingerprint != fingerprint:
        raise IdempotencyMismatch
    return Answer(kept.status, kept.body)


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _fingerprint(request: object) -> str:
    text = json.dumps(request, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
