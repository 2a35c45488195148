"""One act upon a task: what it changes, collected, and stored together."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from servicekit import outbox
from servicekit.contracts import NotificationType
from servicekit.writes import insert, pipelined
from workflow_api.audit import services as audit

from . import messages, parallel, selectors
from .models import Assignment, Branch, BranchState, Outcome, Place, Result, Task
from .recording import Record
from .states import State, check_move
from .turns import Pick, Work

HELD_FIELDS = ["started_at", "due_at", "closed_at", "outcome", "reason"]


@dataclass
class Change(Record):
    """What one act does to a locked task: assignments, history, audit trail and messages.

    Nothing is written before `store` (or `store_new`).
    """

    _opened: list[Assignment] = field(default_factory=list)
    _holders: set[int] = field(default_factory=set)
    _changed: list[Assignment] = field(default_factory=list)
    _worked: list[Branch] = field(default_factory=list)
    _status_before: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._status_before = messages.help_desk_status(self.task)

    @property
    def work(self) -> Work:
        """What somebody is looked for: the current step, by the strategy of the workflow."""
        return Work(
            at=self.at,
            strategy=self.version.assignment_strategy,
            ticket_id=self.task.ticket_id,
            step_id=self.place.current_step_id,
        )

    @cached_property
    def branches(self) -> list[Branch]:
        """The branches under way, the one due first before the others; ended ones are taken out."""
        return parallel.branches_of(self.task, self.version.graph)

    @property
    def places(self) -> list[Place]:
        """Everywhere that work is done: the branches, or without any the task."""
        return [*self.branches] or [self.task]

    @property
    def people(self) -> set[int | None]:
        """Who holds the task or a branch of it, and its owner."""
        return {self.task.owner_id, *(place.assignee_id for place in self.places)}

    def turn_to(self, place: Place) -> None:
        """Make another step what the act is about from here on."""
        self.place = place
        if isinstance(place, Branch) and place not in self._worked:
            self._worked.append(place)

    def move(self, target: State, kind: str, **values: Any) -> None:
        """Take the task, or the branch, to another state. Raises TransitionNotAllowed."""
        before = State(self.place.state)
        check_move(before, target)
        self.place.state = target
        self.audit(kind, field=self.of_place("state"), old=before.value, new=target.value)
        self.event(kind, from_state=before.value, to_state=target.value, **values)
        parallel.follow_state(self.task, self.branches)

    def cancel(self) -> None:
        """End the run whatever its state, because the help desk took the ticket back."""
        task, before = self.task, State(self.task.state)
        if not self.cancel_branches("The help desk took the ticket back."):
            self.close(Outcome.CANCELLED)
        task.state, task.result = State.CLOSED, Result.CANCELLED
        task.completed_at, task.paused_at = self.at, None
        self.audit("task_cancelled", field="state", old=before.value, new=task.state)
        self.event("task_cancelled", from_state=before.value, to_state=task.state)

    def cancel_branches(self, reason: str) -> list[Branch]:
        """End every branch under way with its assignment, and return them; turns to the task."""
        ended = [*self.branches]
        for branch in ended:
            self.turn_to(branch)
            self.close(Outcome.CANCELLED, reason=reason)
            self.end_branch(BranchState.CANCELLED, "branch_cancelled", details={"reason": reason})
        self.turn_to(self.task)
        return ended

    def end_branch(self, state: BranchState, kind: str, **values: Any) -> None:
        """End the branch that the act is about; its assignment is closed by the caller."""
        branch = self.place
        assert isinstance(branch, Branch)
        before, branch.state = branch.state, state
        branch.ended_at, branch.ended_by = self.at, self.by_id
        self.audit(kind, field="branch_state", old=before, new=state.value)
        self.event(kind, from_step=branch.current_step_name, **values)
        self.branches.remove(branch)

    @cached_property
    def _open(self) -> list[Assignment]:
        return list(Assignment.objects.filter(task=self.task, closed_at=None))

    @property
    def held(self) -> Assignment | None:
        """The open assignment of the task or the branch, as it was before."""
        if self.place is self.task:
            return next(iter(self._open), None)
        step_id = self.place.current_step_id
        return next((each for each in self._open if each.step_id == step_id), None)

    def begin_work(self, kind: str = "task_started") -> None:
        """Note that somebody works the step from now on. Raises TransitionNotAllowed."""
        self.move(State.IN_PROGRESS, kind, to_step=self.place.current_step_name)
        self.task.started_at = self.task.started_at or self.at
        if (held := self.held) is not None:
            held.started_at = held.started_at or self.at
            self._changed.append(held)

    def move_due_date(self) -> None:
        """Give every open assignment the deadline that its step has now; turns to the task."""
        for place in self.places:
            self.turn_to(place)
            if (held := self.held) is not None:
                held.due_at = place.step_deadline
                self._changed.append(held)
        self.turn_to(self.task)

    def close(self, outcome: Outcome, *, reason: str | None = None) -> None:
        """End the open assignment of the step, if there is one; the reason is the note given.

        Never before it began: who waited for the lock may have come before who had it.
        """
        if (held := self.held) is not None:
            held.closed_at, held.outcome = max(self.at, held.assigned_at), outcome
            held.reason = self.notes if reason is None else reason
            self._changed.append(held)

    def assign(self, pick: Pick, *, role: str, kind: NotificationType = "task_assignment") -> None:
        """Give the current step to who was picked, by a role, and tell them."""
        place, before, to = self.place, self.place.assignee_id, pick.candidate
        assert to is not None
        place.assignee_id = to.user_id
        self._open_assignment(
            to.user_id,
            started_at=self.at if place.state == State.IN_PROGRESS else None,
            weight=self.node.weight,
            decision=pick.decision,
        )
        self.audit("task_assigned", field=self.of_place("assignee"), old=before, new=to.user_id)
        self.event(
            "assigned",
            to_step=place.current_step_name,
            details={"user_id": to.user_id, "username": to.username, "role": role},
        )
        self.tell(messages.assigned(place, to, role=role, kind=kind))

    def note_decision_by_another(self, outcome: Outcome) -> None:
        """Note that who acts decided a step that somebody else holds, without any effort of it."""
        by_id = self.by_id
        if by_id is None or by_id == self.place.assignee_id:
            return
        self._open_assignment(
            by_id,
            started_at=self.at,
            closed_at=self.at,
            outcome=outcome,
            reason=self.notes,
            weight=0,
            decision={"strategy": "stood_in", "chosen": by_id, "candidates": [], "by": by_id},
        )

    def _open_assignment(self, user_id: int, **values: Any) -> None:
        place = self.place
        self._holders.add(user_id)
        self._opened.append(
            Assignment(
                task=self.task,
                step_id=place.current_step_id,
                step_name=place.current_step_name,
                role_id=place.current_role_id,
                person_id=user_id,
                assigned_at=self.at,
                due_at=place.step_deadline,
                **values,
            )
        )

    def give_or_wait(self, pick: Pick, *, role: str) -> None:
        """Assign the current step, or leave it waiting for a member.

        The admins are told, unless the step waits for who claims it.
        """
        if pick.candidate is not None:
            self.assign(pick, role=role)
            return
        place, before = self.place, self.place.assignee_id
        place.assignee_id = None
        field = self.of_place("assignee")
        self.audit("task_unassigned", field=field, old=before, details={"role": role})
        details = {"role": role, "decision": pick.decision}
        self.event("unassigned", to_step=place.current_step_name, details=details)
        if pick.is_pool:
            return
        self.tell(*messages.nobody_eligible(place, role=role, admins=selectors.admin_ids()))

    def store(self, *, is_only_noted: bool = False) -> Task:
        """Save the task and its ticket, both locked by the caller, with all that was collected.

        What `is_only_noted` leaves the task's version as it is: nobody who works on it need look.
        """
        ticket = self.task.ticket
        parallel.follow(self.task, self.branches)
        self.task.version += not is_only_noted
        ticket.version += 1
        ticket.state = messages.ticket_state(self.task)
        self.remember_task(self.branches if self.version.graph.has_forks else None)
        audit.record(*self.entries)
        for assignment in {each.pk: each for each in self._changed}.values():
            assignment.save(update_fields=HELD_FIELDS)
        self.task.save(force_update=True)
        for branch in self._worked:
            branch.since = self.task.version
            branch.save(force_update=True)
        ticket.save(update_fields=["version", "state"])
        held = Assignment.objects.filter(task__ticket=ticket)
        participants = set(held.values_list("person_id", flat=True)) | self._holders
        with pipelined():
            self._finish(participants=participants)
        return self.task

    def store_new(self) -> Task:
        """Insert the task, whose number is set, with all that was collected."""
        self._status_before, self.before = "", {}
        self.remember_task()
        with pipelined():
            audit.record(*self.entries)
            insert([self.task])
            self._finish(participants=())
        return self.task

    def write_assignments(self) -> None:
        """Insert what was opened so far, for whoever counts it before the act is stored."""
        insert(self._opened)
        self._opened = []

    def _finish(self, *, participants: Collection[int]) -> None:
        self.write_assignments()
        insert(self.events)
        sync = messages.sync_of(self.task, version=self.version, participants=participants)
        told = [*self.told, sync]
        if messages.help_desk_status(self.task) != self._status_before:
            told.append(messages.status_of(self.task, at=self.at))
        outbox.record(*told)
