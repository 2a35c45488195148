"""What an act upon a task leaves behind: history, audit trail and messages."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from servicekit.auth import Principal
from servicekit.contracts import Message
from workflow_api.audit.services import AuditEntry
from workflow_api.workflows.frozen import FrozenVersion
from workflow_api.workflows.graph import Node

from . import past
from .models import Branch, Place, Task, TaskEvent


@dataclass
class Record:
    """What one act has to say of a task, collected; whoever holds it writes it.

    `by` None is the system. `place` is where the step is that the act is about: the task, or one
    of its branches, whose number then stands in what is noted.
    """

    task: Task
    version: FrozenVersion
    at: datetime
    by: Principal | None = None
    notes: str = ""
    place: Place = field(init=False)
    events: list[TaskEvent] = field(default_factory=list, init=False)
    entries: list[AuditEntry] = field(default_factory=list, init=False)
    told: list[Message] = field(default_factory=list, init=False)
    before: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.place = self.task
        self.before = past.facts_of(self.task)

    @property
    def by_id(self) -> int | None:
        """The number of who acts; None for the system."""
        return self.by.user_id if self.by else None

    @property
    def is_by_admin(self) -> bool:
        """Whether an administrator acts."""
        return self.by is not None and self.by.is_admin()

    @property
    def by_name(self) -> str:
        """What a notification calls who acts."""
        return self.by.username if self.by else "The system"

    @property
    def node(self) -> Node:
        """The current step, as the pinned version has it."""
        return self.version.graph.node(self.place.current_step_id)

    def event(self, kind: str, **values: Any) -> None:
        """Add a line to the history; of a branch, with its number among the details."""
        values["details"] = values.get("details", {}) | self._mark()
        self.events.append(
            TaskEvent(
                task=self.task,
                kind=kind,
                at=self.at,
                user_id=self.by_id,
                user_name=self.by.username if self.by else "",
                notes=self.notes,
                **values,
            )
        )

    def audit(self, action: str, **values: Any) -> None:
        """Add a row to the audit trail of the task."""
        more = self._mark() | ({"notes": self.notes} if self.notes else {})
        if more:
            values["details"] = values.get("details", {}) | more
        self.entries.append(
            AuditEntry(subject=self.task, action=action, at=self.at, by=self.by, **values)
        )

    def tell(self, *told: Message) -> None:
        """Add messages for other services."""
        self.told.extend(told)

    def remember_task(self, branches: list[Branch] | None = None) -> None:
        """Say in the last audit row how the task is now, so that the past can be told from rows."""
        new = past.changed_facts(self.before, past.facts_of(self.task))
        if branches is not None:
            new[past.BRANCHES] = [past.facts_of_branch(each) for each in branches]
        if not new:
            return
        if not self.entries:
            self.audit(self.events[-1].kind)
        last = self.entries[-1]
        self.entries[-1] = replace(last, details={**last.details, past.FACTS: new})

    def of_place(self, name: str) -> str:
        """Return what the trail calls a field of the task, or of the branch."""
        return name if self.place is self.task else f"branch_{name}"

    def _mark(self) -> dict[str, Any]:
        return {"branch": self.place.id} if isinstance(self.place, Branch) else {}
