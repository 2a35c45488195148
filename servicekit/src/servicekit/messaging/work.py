"""At least once in, exactly once in effect: how a consumed message is worked.

1. Attempt: one INSERT, committed by itself, so that even a killed worker leaves a count.
2. Work: one transaction that claims the inbox row first, along with the attempt, and then calls the
   service function.
More than five attempts (only crashes make so many: an exception parks at once) park the message.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

import structlog
from celery.exceptions import Reject
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from pydantic import ValidationError

from servicekit import logs
from servicekit.errors import DomainError
from servicekit.inbox import services as inbox
from servicekit.writes import ended_by_commit

from .handling import Delivery, Handler, M, Outcome, Park

MAX_ATTEMPTS = 5
QUICK_RETRIES = 3
# A wait is bounded by the task's time limit (60 s): after this long the message is requeued.
PATIENCE_S = 40.0
MAX_WAIT_S = 15.0
SERIALIZATION = {"40001", "40P01"}

log = structlog.get_logger(__name__)


class MessageFailed(Exception):
    """The work never raised, but its workers died `MAX_ATTEMPTS` times."""


def work(
    contract: type[M],
    function: Handler[M],
    *,
    delivery: Delivery,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Give the message its effect, once; raises celery.exceptions.Reject to hand it back.

    A database that is away, or that refuses to serialize, is not an attempt: the work waits
    with full jitter and is requeued after 40 s.
    """
    logs.adopt_request_id(delivery.headers.get("x-request-id") or delivery.message_id)
    give_up_at = time.monotonic() + PATIENCE_S
    trial, failures = _Trial(contract, function, delivery), 0
    while True:
        try:
            trial.run()
            return
        except (OperationalError, InterfaceError) as exc:
            failures += 1
            wait = _wait_after(exc, failures)
            log.warning("work_waits", task=delivery.task, error=repr(exc), wait_s=round(wait, 2))
            if time.monotonic() + wait > give_up_at:
                raise Reject(repr(exc), requeue=True) from exc
            sleep(wait)
            connection.close_if_unusable_or_obsolete()


@dataclass
class _Trial(Generic[M]):
    """One attempt at the work, run again while the database is away."""

    contract: type[M]
    function: Handler[M]
    delivery: Delivery
    attempt: inbox.Attempt | None = None

    def run(self) -> None:
        """Work the message in one transaction; what the work raises parks it."""
        try:
            with ended_by_commit(), transaction.atomic():
                if attempt := self._claimed():
                    self._effect(attempt)
        except (OperationalError, InterfaceError, Reject):
            raise
        except Exception as exc:  # every fault of ours parks the message, none may stop the worker
            if self.attempt is None:
                raise
            is_parked = self._park(self.attempt, exc)
            raise Reject(str(exc), requeue=not is_parked) from exc

    def _claimed(self) -> inbox.Attempt | None:
        """Return the attempt, resumed or begun, when the message is this one's to work.

        A server that died may have lost the attempt: then the message is stored again. Only its
        row may say that another has done the work.
        """
        delivery = self.delivery
        if self.attempt and inbox.claim(task=delivery.task, message_id=delivery.message_id):
            return self.attempt
        self.attempt = inbox.begin_attempt(
            task=delivery.task,
            message_id=delivery.message_id,
            queue=delivery.queue,
            subject=self.contract.subject_of(delivery.body),
            payload=delivery.body,
            headers=delivery.headers,
        )
        if self.attempt.is_parked:
            raise Reject("parked before", requeue=False)
        return self.attempt if self.attempt.is_claimed else None

    def _effect(self, attempt: inbox.Attempt) -> None:
        if attempt.number > MAX_ATTEMPTS:
            raise MessageFailed(f"{attempt.number - 1} workers died at this message")
        known = replace(
            self.delivery,
            attempts=attempt.number,
            inbox_id=attempt.inbox_id,
            received_at=attempt.received_at,
        )
        outcome = self.function(self.contract.from_kwargs(self.delivery.body), known)
        if outcome is not None and outcome != Outcome():
            inbox.settle(
                attempt.inbox_id,
                outcome=outcome.outcome,
                code=outcome.code,
                reason=outcome.reason,
            )

    def _park(self, attempt: inbox.Attempt, exc: Exception) -> bool:
        code, reason = _explain(exc)
        log.warning(
            "message_parked",
            task=self.delivery.task,
            message_id=self.delivery.message_id,
            code=code,
            reason=reason,
            exc_info=not isinstance(exc, Park | ValidationError | DomainError),
        )
        return inbox.park(attempt.inbox_id, code=code, reason=reason)


def _wait_after(exc: DatabaseError | InterfaceError, failures: int) -> float:
    is_race = getattr(exc.__cause__, "sqlstate", None) in SERIALIZATION
    if is_race and failures <= QUICK_RETRIES:
        return random.uniform(0, 0.05)  # noqa: S311 jitter
    return random.uniform(0, min(0.5 * 2**failures, MAX_WAIT_S))  # noqa: S311 jitter


def _explain(exc: Exception) -> tuple[str, str]:
    if isinstance(exc, ValidationError):
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in exc.errors()[:10]
        )
        return "INVALID_PAYLOAD", faults
    if isinstance(exc, Park):
        return exc.code, exc.reason
    if isinstance(exc, DomainError):
        return exc.code, exc.sentence
    return type(exc).__name__[:50], str(exc) or repr(exc)
