"""How a service says what it consumes; importable before Django is set up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from celery import Task, shared_task

from servicekit.contracts import Message

CONSUMED: dict[str, frozenset[str]] = {}  # queue name -> task names taken from it

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How a message came: its ids, its headers as sent, the instant it was first stored (UTC)."""

    message_id: str
    task: str
    queue: str
    headers: dict[str, Any]
    body: dict[str, Any]
    attempts: int = 0
    inbox_id: int = 0
    received_at: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a message, for the ledger; see servicekit.inbox.models.Result."""

    outcome: str = "done"
    code: str = ""
    reason: str = ""


class Park(Exception):
    """Raised by a service function: undo the work and put the message aside, with a reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


Handler = Callable[[M, Delivery], Outcome | None]


def consumes(contract: type[M]) -> Callable[[Handler[M]], Handler[M]]:
    """Register a function as the consumer of a message, in its queues and no other."""

    def register(function: Handler[M]) -> Handler[M]:
        for queue in (contract.QUEUE, *contract.ALSO_ON, *contract.COPIES):
            CONSUMED[queue] = CONSUMED.get(queue, frozenset()) | {contract.TASK}

        @shared_task(name=contract.TASK, bind=True)
        def run(self: "Task[Any, Any]", body: dict[str, Any]) -> None:
            from .work import work  # models load only after Django's apps  # noqa: PLC0415

            work(contract, function, delivery=_delivery(self, body))

        return function

    return register


def _delivery(task: "Task[Any, Any]", body: dict[str, Any]) -> Delivery:
    sent = getattr(task.request, "delivery", None) or {}
    return Delivery(
        message_id=str(task.request.id),
        task=str(task.name),
        queue=sent.get("queue", ""),
        headers=sent.get("headers", {}),
        body=body,
    )
