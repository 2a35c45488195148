"""What callers send about the ledger."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import Field, model_validator

from servicekit.api import ExactInput, Input
from servicekit.inbox.models import Result
from workflow_api.tasks.inputs import Id, Notes, Search


class LedgerQuery(Input):
    """What narrows the ledger; days are whole days in UTC."""

    outcome: Result | None = None
    search: Search = Field("", description="Beginning of the ticket number, or a message id.")
    start_date: date | None = None
    end_date: date | None = Field(None, description="The last day, included.")

    @property
    def since(self) -> datetime | None:
        """The first instant."""
        return _midnight(self.start_date) if self.start_date else None

    @property
    def until(self) -> datetime | None:
        """The first instant after."""
        if self.end_date is None or self.end_date == date.max:
            return None
        return _midnight(self.end_date + timedelta(days=1))


class DeadLettersQuery(LedgerQuery):
    """What narrows the dead letters."""

    is_set_aside: bool = Field(False, description="Only what was set aside for good.")


class SetAsideIn(Input):
    """Why a message is set aside."""

    notes: Notes = ""


class ReplayIn(ExactInput):
    """A correction to publish in place of what came."""

    payload: dict[str, Any] | None = Field(
        None, description='The message\'s arguments: {"ticket_data": {…}}.'
    )


class ReplayAllIn(LedgerQuery, ExactInput):
    """Which deliveries to replay; with `preview` they are only counted."""

    outcome: Result = Result.PARKED
    preview: bool = True


class AssignWorkflowIn(Input):
    """Which deployed workflow the ticket shall run on."""

    workflow_id: Id


class ValidateIn(Input):
    """A ticket as a help desk would send it, in its message or by itself."""

    ticket_data: Annotated[dict[str, Any], Field(description="The ticket.")]

    @model_validator(mode="before")
    @classmethod
    def _by_itself(cls, value: dict[str, Any]) -> dict[str, Any]:
        return value if "ticket_data" in value or not value else {"ticket_data": value}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC)
