"""What would become of a ticket: the rules of receiving, asked without receiving."""

from dataclasses import dataclass, field

from django.conf import settings
from pydantic import ValidationError

from servicekit.contracts import TicketData
from servicekit.messaging import guard
from workflow_api.tasks.models import Ticket, TicketState
from workflow_api.workflows.frozen import FrozenVersion

from .content import Content, content_of, supersedes
from .services import fitting_version
from .services.receiving import SOURCE

CANCELLABLE = {TicketState.UNMATCHED, TicketState.RUNNING}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one field."""

    field: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a ticket would be accepted, and what would come of it."""

    outcome: str
    faults: list[Fault] = field(default_factory=list)
    workflow: FrozenVersion | None = None
    first_role: str = ""
    priority: str = ""

    @property
    def accepted(self) -> bool:
        return not self.faults


def verdict_on(ticket_data: object) -> Verdict:
    """Return what receiving this ticket now would do; writes nothing, never raises for it."""
    try:
        guard.check_depth({"ticket_data": ticket_data}, limit=guard.MAX_DEPTH - 2)
        data = TicketData.model_validate(ticket_data)
    except guard.Malformed as exc:
        return Verdict(outcome="parked", faults=[Fault(field="ticket_data", message=exc.reason)])
    except ValidationError as exc:
        return Verdict(outcome="parked", faults=_faults(exc))
    content = content_of(data, priority_map=settings.HDTS_PRIORITY_MAP)
    version = fitting_version(content)
    return Verdict(
        outcome=_outcome(content, is_matched=version is not None),
        workflow=version,
        first_role=version.graph.start.role if version else "",
        priority=content.priority,
    )


def _outcome(content: Content, *, is_matched: bool) -> str:
    known = Ticket.objects.filter(source=SOURCE, external_id=content.external_id).first()
    if known is None and content.is_update:
        return "unmatched"
    if known is None:
        return "done" if is_matched else "unmatched"
    if known.content_hash == content.hash:
        return "duplicate"
    if not supersedes(content, known):
        return "conflict"
    if content.is_cancellation:
        return "done" if known.state in CANCELLABLE else "conflict"
    return "unmatched" if known.state == TicketState.UNMATCHED and not is_matched else "done"


def _faults(exc: ValidationError) -> list[Fault]:
    return [
        Fault(
            field=".".join(str(part) for part in each["loc"]) or "ticket_data",
            message=each["msg"],
        )
        for each in exc.errors(include_url=False, include_context=False)
    ]
