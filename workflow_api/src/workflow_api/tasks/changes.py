"""One act upon a task: what it changes, collected, and stored together."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from servicekit import outbox
from servicekit.auth import Principal
from servicekit.contracts import Message, NotificationType
from servicekit.writes import insert, pipelined
from workflow_api.audit import services as audit
from workflow_api.audit.services import AuditEntry
from workflow_api.workflows.frozen import FrozenVersion

from . import messages, past, selectors
from .models import Assignment, Outcome, Result, Task, TaskEvent
from .states import State, check_move
from .turns import Pick, Work

HELD_FIELDS = ["started_at", "due_at", "closed_at", "outcome", "reason"]


@dataclass
class Change:
    """What one act does to a locked task: assignments, history, audit trail and messages.

    `by` None is the system. Nothing is written before `store` (or `store_new`).
    """

    task: Task
    version: FrozenVersion
    at: datetime
    by: Principal | None = None
    notes: str = ""
    _opened: Assignment | None = None
    _stood_in: list[Assignment] = field(default_factory=list)
    _held_changed: bool = False
    _events: list[TaskEvent] = field(default_factory=list)
    _entries: list[AuditEntry] = field(default_factory=list)
    _messages: list[Message] = field(default_factory=list)
    _status_before: str = ""
    _task_before: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._status_before = messages.help_desk_status(self.task)
        self._task_before = past.facts_of(self.task)

    @property
    def by_id(self) -> int | None:
        """The number of who acts; None for the system."""
        return self.by.user_id if self.by else None

    @property
    def by_name(self) -> str:
        """What a notification calls who acts."""
        return self.by.username if self.by else "The system"

    @property
    def work(self) -> Work:
        """What somebody is looked for: the current step, by the strategy of the workflow."""
        return Work(
            at=self.at,
            strategy=self.version.assignment_strategy,
            ticket_id=self.task.ticket_id,
            step_id=self.task.current_step_id,
        )

    def move(self, target: State, kind: str, **values: Any) -> None:
        """Take the task to another state. Raises TransitionNotAllowed."""
        before = State(self.task.state)
        check_move(before, target)
        self.task.state = target
        self.audit(kind, field="state", old=before.value, new=target.value)
        self.event(kind, from_state=before.value, to_state=target.value, **values)

    def cancel(self) -> None:
        """End the run whatever its state, because the help desk took the ticket back."""
        task, before = self.task, State(self.task.state)
        self.close(Outcome.CANCELLED)
        task.state, task.result = State.CLOSED, Result.CANCELLED
        task.completed_at, task.paused_at = self.at, None
        self.audit("task_cancelled", field="state", old=before.value, new=task.state)
        self.event("task_cancelled", from_state=before.value, to_state=task.state)

    @cached_property
    def held(self) -> Assignment | None:
        """The open assignment of the task, as it was before."""
        return Assignment.objects.filter(task=self.task, closed_at=None).first()

    def begin_work(self, kind: str = "task_started") -> None:
        """Note that somebody works the step from now on. Raises TransitionNotAllowed."""
        self.move(State.IN_PROGRESS, kind, to_step=self.task.current_step_name)
        self.task.started_at = self.task.started_at or self.at
        if self.held is not None:
            self.held.started_at = self.held.started_at or self.at
            self._held_changed = True

    def move_due_date(self) -> None:
        """Give the open assignment the deadline that the step has now."""
        if self.held is not None:
            self.held.due_at = self.task.step_deadline
            self._held_changed = True

    def close(self, outcome: Outcome) -> None:
        """End the open assignment, if there is one."""
        if self.held is not None:
            self.held.closed_at, self.held.outcome = self.at, outcome
            self.held.reason = self.notes
            self._held_changed = True

    def assign(self, pick: Pick, *, role: str, kind: NotificationType = "task_assignment") -> None:
        """Give the current step to who was picked, by a role, and tell them."""
        task, before, to = self.task, self.task.assignee_id, pick.candidate
        assert to is not None
        task.assignee_id = to.user_id
        self._opened = Assignment(
            task=task,
            step_id=task.current_step_id,
            step_name=task.current_step_name,
            role_id=task.current_role_id,
            person_id=to.user_id,
            assigned_at=self.at,
            due_at=task.step_deadline,
            started_at=self.at if task.state == State.IN_PROGRESS else None,
            weight=self.version.graph.node(task.current_step_id).weight,
            decision=pick.decision,
        )
        self.audit("task_assigned", field="assignee", old=before, new=to.user_id)
        self.event(
            "assigned",
            to_step=task.current_step_name,
            details={"user_id": to.user_id, "username": to.username, "role": role},
        )
        self.tell(messages.assigned(task, to, role=role, kind=kind))

    def note_decision_by_another(self, outcome: Outcome) -> None:
        """Note that who acts decided a step that somebody else holds, without any effort of it."""
        task, by_id = self.task, self.by_id
        if by_id in {None, task.assignee_id}:
            return
        self._stood_in.append(
            Assignment(
                task=task,
                step_id=task.current_step_id,
                step_name=task.current_step_name,
                role_id=task.current_role_id,
                person_id=by_id,
                assigned_at=self.at,
                due_at=task.step_deadline,
                started_at=self.at,
                closed_at=self.at,
                outcome=outcome,
                reason=self.notes,
                weight=0,
                decision={"strategy": "stood_in", "chosen": by_id, "candidates": [], "by": by_id},
            )
        )

    def give_or_wait(self, pick: Pick, *, role: str) -> None:
        """Assign the current step, or leave it waiting for a member.

        The admins are told, unless the step waits for who claims it.
        """
        if pick.candidate is not None:
            self.assign(pick, role=role)
            return
        task, before = self.task, self.task.assignee_id
        task.assignee_id = None
        self.audit("task_unassigned", field="assignee", old=before, details={"role": role})
        details = {"role": role, "decision": pick.decision}
        self.event("unassigned", to_step=task.current_step_name, details=details)
        if pick.is_pool:
            return
        self.tell(*messages.nobody_eligible(task, role=role, admins=selectors.admin_ids()))

    def event(self, kind: str, **values: Any) -> None:
        """Add a line to the history."""
        self._events.append(
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
        if self.notes:
            values["details"] = values.get("details", {}) | {"notes": self.notes}
        self._entries.append(
            AuditEntry(subject=self.task, action=action, at=self.at, by=self.by, **values)
        )

    def tell(self, *told: Message) -> None:
        """Add messages for other services."""
        self._messages.extend(told)

    def store(self, *, is_only_noted: bool = False) -> Task:
        """Save the task and its ticket, both locked by the caller, with all that was collected.

        What `is_only_noted` leaves the task's version as it is: nobody who works on it need look.
        """
        ticket = self.task.ticket
        self.task.version += not is_only_noted
        ticket.version += 1
        ticket.state = messages.ticket_state(self.task)
        self._audit_task()
        audit.record(*self._entries)
        if self._held_changed and self.held is not None:
            self.held.save(update_fields=HELD_FIELDS)
        self.task.save(force_update=True)
        ticket.save(update_fields=["version", "state"])
        held = Assignment.objects.filter(task__ticket=ticket)
        participants = set(held.values_list("person_id", flat=True))
        with pipelined():
            self._finish(participants=participants)
        return self.task

    def store_new(self) -> Task:
        """Insert the task, whose number is set, with all that was collected."""
        self._status_before, self._task_before = "", {}
        self._audit_task()
        with pipelined():
            audit.record(*self._entries)
            insert([self.task])
            self._finish(participants=())
        return self.task

    def _audit_task(self) -> None:
        """Say in the last audit row how the task is now, so that the past can be told from rows."""
        new = past.changed_facts(self._task_before, past.facts_of(self.task))
        if not new:
            return
        if not self._entries:
            self.audit(self._events[-1].kind)
        last = self._entries[-1]
        self._entries[-1] = replace(last, details={**last.details, past.FACTS: new})

    def _finish(self, *, participants: Collection[int]) -> None:
        insert(self._stood_in)
        if self._opened is not None:
            insert([self._opened])
        insert(self._events)
        sync = messages.sync_of(self.task, version=self.version, participants=participants)
        told = [*self._messages, sync]
        if messages.help_desk_status(self.task) != self._status_before:
            told.append(messages.status_of(self.task, at=self.at))
        outbox.record(*told)
