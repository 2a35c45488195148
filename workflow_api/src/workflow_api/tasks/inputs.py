"""What callers send about tasks and tickets."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, model_validator

from servicekit.api import Duration, Input

from .models import Priority, TicketState
from .states import State

MAX_ID = 2**63 - 1
UNLESS_TOLD = timedelta(days=30)
FIRST = datetime.min.replace(tzinfo=UTC)


def _none_is_empty(value: object) -> object:
    return "" if value is None else value


def _within_a_year(value: timedelta) -> timedelta:
    if not timedelta(0) <= value <= timedelta(days=366):
        raise ValueError("must be no less than nothing and no more than a year")
    return value


Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Notes = Annotated[
    str,
    BeforeValidator(_none_is_empty),
    Field(
        max_length=5000,
        validation_alias=AliasChoices("notes", "reason"),
        description="What to say about it; the reason where one is needed.",
    ),
]
Search = Annotated[str, Field(max_length=200)]
FOUND_BY = (
    "Words of number, title, category or description, the last one may be a beginning; quotes, "
    "`or` and `-` as on the web. Without `ordering` the best of the newest hundred come first."
)
Ordering = Literal[
    "created_at",
    "-created_at",
    "sla_deadline",
    "-sla_deadline",
    "step_deadline",
    "-step_deadline",
    "priority",
    "-priority",
    "status",
    "-status",
    "task_id",
    "-task_id",
]


TicketOrdering = Literal[
    "received_at",
    "-received_at",
    "priority",
    "-priority",
    "status",
    "-status",
    "ticket_id",
    "-ticket_id",
]


class TasksQuery(Input):
    """What narrows the list of tasks."""

    status: State | Literal["open"] | None = Field(
        None, description="A state, or `open` for all that have not ended."
    )
    assigned_user: Id | None = None
    mine: bool = Field(False, description="Only what is assigned to the caller now.")
    unassigned: bool = Field(False, description="Only what nobody holds.")
    role: Annotated[str, Field(max_length=150)] = Field(
        "", description="Name or number of the role of the current step."
    )
    priority: Priority | None = None
    workflow_id: Id | None = None
    ticket_id: Id | None = None
    sla: Literal["ok", "at_risk", "breached"] | None = None
    search: Search = Field("", description=f"Task id. {FOUND_BY}")
    ordering: Ordering | None = Field(None, description="The newest first unless told.")


class AtRiskQuery(Input):
    """How far ahead to look."""

    within: Annotated[Duration, AfterValidator(_within_a_year)] = Field(
        timedelta(hours=8),
        description="ISO 8601 or words: also what comes near its deadline in that time.",
    )

    def until(self, at: datetime) -> datetime:
        """Return the end of that time, from `at` on."""
        return at + self.within


class TicketsQuery(Input):
    """What narrows the list of tickets."""

    status: TicketState | None = None
    priority: Priority | None = None
    category: Annotated[str, Field(max_length=100)] = ""
    search: Search = Field("", description=FOUND_BY)
    ordering: TicketOrdering | None = Field(None, description="The newest first unless told.")


class ActIn(Input):
    """An act upon a task; a `version` that is not the current one is refused with 409.

    So is, without a version, an act upon a step that somebody left while the request waited.
    """

    version: Version | None = None
    notes: Notes = ""


class StepActIn(ActIn):
    """An act upon the current step."""

    branch: Id | None = Field(
        None,
        description="Which branch of a task that is split; the only one that fits unless told.",
    )


class TransitionIn(StepActIn):
    """Which way to take."""

    transition_id: Id


class DecisionIn(StepActIn):
    """An approval or rejection; `transition_id` chooses where the step has several ways."""

    transition_id: Id | None = None


class HandOverIn(StepActIn):
    """To whom."""

    user_id: Id


class StatusIn(StepActIn):
    """The state to take the task to, by the act that leads there."""

    status: State


class RunIn(Input):
    """Which unmatched ticket shall run on which workflow."""

    ticket_id: Id
    workflow_id: Id


class PeriodQuery(Input):
    """Which days, in UTC; the last 30 unless told."""

    start_date: date | None = Field(None, alias="from")
    end_date: date | None = Field(None, alias="to", description="The last day, included.")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValueError("`to` comes before `from`.")
        return self

    def times(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the first instant and the first one after."""
        until = self.until or now
        return self.since or until - min(UNLESS_TOLD, until - FIRST), until

    @property
    def since(self) -> datetime | None:
        """The first instant."""
        return datetime.combine(self.start_date, time(0), tzinfo=UTC) if self.start_date else None

    @property
    def until(self) -> datetime | None:
        """The first instant after."""
        if self.end_date is None:
            return None
        return datetime.combine(min(self.end_date, date(9998, 12, 30)), time(0), tzinfo=UTC) + (
            timedelta(days=1)
        )


class FairnessQuery(PeriodQuery):
    """Which roles over which days, in UTC; the last 30 days unless told."""

    role: Annotated[str, Field(max_length=150)] = Field(
        "", description="Name or number of a role; all roles unless told."
    )
