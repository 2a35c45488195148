"""Tasks and tickets on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from workflow_api.sla.deadlines import SlaState

from . import due
from .models import Branch, BranchState, Outcome, Priority, Task, Ticket, TicketState
from .states import State

STATES = [(each.value, each.value) for each in State]
SLA_STATES = [(each.value, each.value) for each in SlaState]


class PersonOut(serializers.Serializer[Any]):
    """Somebody, as far as colleagues need to know."""

    user_id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(source="__str__")
    email = serializers.CharField()


class TaskBaseOut(serializers.Serializer[Any]):
    """What list and detail show alike. Give the time as `context["at"]`."""

    task_id = serializers.CharField()
    ticket_id = serializers.IntegerField()
    external_ticket_id = serializers.CharField(source="ticket.external_id")
    workflow_id = serializers.IntegerField()
    workflow_name = serializers.CharField(source="workflow.name")
    title = serializers.CharField(source="ticket.title")
    description = serializers.CharField(source="ticket.description")
    priority = serializers.ChoiceField(choices=Priority.choices)
    status = serializers.ChoiceField(choices=STATES, source="state")
    assigned_user_name = serializers.CharField(source="holder_name", default="")
    current_step_name = serializers.CharField()
    role = serializers.CharField(source="current_role.name")
    role_id = serializers.IntegerField(source="current_role_id")
    sla_deadline = serializers.DateTimeField()
    step_deadline = serializers.DateTimeField()
    sla_state = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()

    @extend_schema_field(serializers.ChoiceField(choices=SLA_STATES))
    def get_sla_state(self, task: Task) -> str:
        return due.sla_state(task, at=self.context["at"])


class TaskOut(TaskBaseOut):
    """A task in a list."""

    assigned_user = serializers.IntegerField(source="assignee_id", allow_null=True)
    current_step = serializers.IntegerField(source="current_step_id")


class WorkflowRefOut(serializers.Serializer[Any]):
    """The pinned version of a task."""

    workflow_id = serializers.IntegerField()
    name = serializers.CharField()
    version = serializers.IntegerField(source="number")
    category = serializers.CharField()
    sub_category = serializers.CharField()
    department = serializers.CharField()
    end_logic = serializers.CharField(allow_blank=True)


class StepRefOut(serializers.Serializer[Any]):
    """Where the task is."""

    step_id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    role_id = serializers.IntegerField(allow_null=True)
    description = serializers.CharField(allow_blank=True)
    instruction = serializers.CharField(allow_blank=True)
    requires_approval = serializers.BooleanField()
    approvals_needed = serializers.IntegerField()
    requester_may_approve = serializers.BooleanField()
    previous_may_approve = serializers.BooleanField()
    is_end = serializers.BooleanField()
    kind = serializers.CharField()


class ActionOut(serializers.Serializer[Any]):
    """What the caller can do now: POST /tasks/{task_id}/{action}/."""

    action = serializers.CharField()
    transition_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.CharField(allow_blank=True)
    to_step = serializers.IntegerField(allow_null=True)
    to_step_name = serializers.CharField(
        allow_blank=True, help_text="Of a fork all the steps that it opens."
    )
    branch = serializers.IntegerField(
        allow_null=True, help_text="To send along; null for what is done with the whole task."
    )
    needs_reason = serializers.BooleanField()


class AssignmentOut(serializers.Serializer[Any]):
    """Who held which step, from when to when."""

    id = serializers.IntegerField()
    step_id = serializers.IntegerField()
    step_name = serializers.CharField()
    role = serializers.CharField(source="role.name")
    user_id = serializers.IntegerField(source="person_id")
    user_name = serializers.CharField(source="person.__str__")
    assigned_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    weight = serializers.FloatField()
    decision = serializers.DictField(help_text="Strategy, chosen, candidates with skips.")


class EventOut(serializers.Serializer[Any]):
    """One line of the history; without a user it was the system."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    user_id = serializers.IntegerField(allow_null=True)
    user_name = serializers.CharField(allow_blank=True)
    user_full_name = serializers.CharField(
        allow_blank=True, help_text="What they are called today."
    )
    to_user_full_name = serializers.CharField(
        allow_blank=True, help_text="Whom `details.user_id` names: who was given the step."
    )
    from_state = serializers.CharField(allow_blank=True)
    to_state = serializers.CharField(allow_blank=True)
    from_step = serializers.CharField(allow_blank=True)
    to_step = serializers.CharField(allow_blank=True)
    notes = serializers.CharField(allow_blank=True)
    details = serializers.DictField()


class ApprovalOut(serializers.Serializer[Any]):
    """Who has approved the current step so far."""

    user_id = serializers.IntegerField(source="person_id")
    user_name = serializers.CharField(source="person.__str__")
    at = serializers.DateTimeField()
    step_id = serializers.IntegerField()


class BranchOut(serializers.Serializer[Any]):
    """One of the ways that the task goes, or went, at once since it forked last."""

    branch = serializers.IntegerField(source="id")
    status = serializers.ChoiceField(choices=BranchState.choices, source="state")
    step_id = serializers.IntegerField(source="current_step_id")
    step_name = serializers.CharField(source="current_step_name")
    role = serializers.CharField(source="current_role.name")
    role_id = serializers.IntegerField(source="current_role_id")
    assigned_user = serializers.IntegerField(source="assignee_id", allow_null=True)
    assigned_user_name = serializers.CharField(source="holder_name", default="")
    step_deadline = serializers.DateTimeField()
    opened_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class WaitsForOut(serializers.Serializer[Any]):
    """A branch that has not arrived: who has it, or else the role that it waits for."""

    branch = serializers.IntegerField(source="id")
    step_name = serializers.CharField(source="current_step_name")
    user_id = serializers.IntegerField(source="assignee_id", allow_null=True)
    name = serializers.SerializerMethodField()

    def get_name(self, branch: Branch) -> str:
        return str(branch.assignee or branch.current_role.name)


class JoinOut(serializers.Serializer[Any]):
    """Where the branches meet; it is entered when `needed` of them have arrived."""

    step_id = serializers.IntegerField(source="node.step_id")
    name = serializers.CharField(source="node.name")
    needed = serializers.IntegerField()
    arrived = serializers.IntegerField()
    waits_for = WaitsForOut(many=True)


class TaskPartsOut(serializers.Serializer[Any]):
    """What a detail adds to, or says at more length than, a list."""

    workflow = WorkflowRefOut()
    current_step = StepRefOut()
    assigned_user = PersonOut(allow_null=True)
    owner = PersonOut(allow_null=True)
    available_actions = ActionOut(many=True)
    assignments = AssignmentOut(many=True)
    approvals = ApprovalOut(many=True)
    history = EventOut(many=True)
    branches = BranchOut(many=True)
    join = JoinOut(allow_null=True)
    is_sla_breached = serializers.BooleanField()
    external_approvals = serializers.ListField(child=serializers.DictField())


class TaskDetailOut(TaskPartsOut, TaskBaseOut):
    """A task with everything about it, for this caller."""


class TaskSavedOut(TaskDetailOut):
    """A task after a write, and what was done."""

    message = serializers.CharField()


class TaskRefOut(serializers.Serializer[Any]):
    """A run of a ticket."""

    task_id = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES, source="state")
    workflow_id = serializers.IntegerField()
    workflow_name = serializers.CharField(source="workflow.name")
    current_step_name = serializers.CharField()
    sla_deadline = serializers.DateTimeField()


class TicketOut(serializers.Serializer[Any]):
    """A ticket as the help desk sent it last; `task` is its newest run."""

    ticket_id = serializers.IntegerField(source="id")
    external_ticket_id = serializers.CharField(source="external_id")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF's own attribute differs
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    priority = serializers.ChoiceField(choices=Priority.choices)
    category = serializers.CharField()
    sub_category = serializers.CharField()
    department = serializers.CharField(allow_blank=True)
    requester_name = serializers.CharField(allow_blank=True)
    requester_email = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=TicketState.choices, source="state")
    received_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    task = serializers.SerializerMethodField()

    @extend_schema_field(TaskRefOut(allow_null=True))
    def get_task(self, ticket: Ticket) -> dict[str, Any] | None:
        runs = sorted(ticket.tasks.all(), key=lambda task: task.number)
        return dict(TaskRefOut(runs[-1]).data) if runs else None


class TicketDetailOut(TicketOut):
    """A ticket with what else the help desk said."""

    attachments = serializers.ListField(child=serializers.DictField())
    extra = serializers.DictField()
    revision = serializers.IntegerField(allow_null=True)
    revised_at = serializers.DateTimeField(allow_null=True)
