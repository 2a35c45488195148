"""What callers send about migrations."""

from typing import Annotated

from pydantic import Field

from servicekit.api import ExactInput, Input
from workflow_api.tasks.inputs import Id, Notes, Version
from workflow_api.tasks.loading import TASK_ID

from .models import TaskOutcome
from .preview import Wanted
from .rules import Reason, Verdict

TaskId = Annotated[str, Field(pattern=f"^{TASK_ID.pattern}$")]


class MigrateIn(ExactInput):
    """Which tasks go where; without `apply` nothing is written."""

    to_version: Version | None = Field(None, description="The version deployed last unless told.")
    from_versions: Annotated[list[Version], Field(min_length=1, max_length=1000)] | None = None
    step_map: dict[Id, Id] = Field(
        default_factory=dict, max_length=1000, description="Old step to the one that replaces it."
    )
    task_ids: Annotated[list[TaskId], Field(min_length=1, max_length=1000)] | None = None
    apply: bool = False
    preview_token: Annotated[str, Field(max_length=500)] = ""
    notes: Notes = ""

    def wanted(self, workflow_id: int) -> Wanted:
        """Return it for a workflow."""
        numbers = None if self.task_ids is None else {int(each[2:]) for each in self.task_ids}
        return Wanted(
            workflow_id=workflow_id,
            to_version=self.to_version,
            from_versions=_tuple(self.from_versions),
            step_map=self.step_map,
            task_numbers=_tuple(numbers),
        )


def _tuple(listed: list[int] | set[int] | None) -> tuple[int, ...] | None:
    return None if listed is None else tuple(sorted(set(listed)))


class MigrateQuery(Input):
    """Which tasks of a preview are listed."""

    verdict: Verdict | None = None
    reason: Reason | None = None


class UpgradeQuery(Input):
    """Which tasks of a migration are listed."""

    outcome: TaskOutcome | None = None
    reason: Reason | None = None
