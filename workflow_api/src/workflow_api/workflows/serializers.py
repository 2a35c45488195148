"""Definitions on the wire."""

from datetime import timedelta
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from servicekit.api import iso_duration
from workflow_api.workflows.graph import EdgeKind, JoinRule, NodeKind
from workflow_api.workflows.models import EndLogic, Status, Strategy

NODE_KINDS = [kind.value for kind in NodeKind]
EDGE_KINDS = [kind.value for kind in EdgeKind]


@extend_schema_field(OpenApiTypes.DURATION)
class IsoDuration(serializers.Field[timedelta, str, str, Any]):
    """A duration as ISO 8601: PT4H, P1D."""

    def to_representation(self, value: timedelta) -> str:
        return iso_duration(value)


@extend_schema_field(
    {"oneOf": [{"type": "string", "enum": ["all", "first"]}, {"type": "integer", "minimum": 1}]}
)
class JoinField(serializers.Field[JoinRule, Any, Any, Any]):
    """For how many branches a step waits: all, the first, or a number; null for no join."""

    def to_representation(self, value: JoinRule) -> Any:
        return value


class WorkflowOut(serializers.Serializer[Any]):
    """A definition. `version` counts the saves of its graph, `deployed_version` the deploys."""

    workflow_id = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.CharField()
    sub_category = serializers.CharField()
    department = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    is_published = serializers.BooleanField()
    has_changes = serializers.BooleanField()
    low_sla = IsoDuration()
    medium_sla = IsoDuration()
    high_sla = IsoDuration()
    urgent_sla = IsoDuration()
    end_logic = serializers.ChoiceField(choices=EndLogic.choices, allow_blank=True)
    assignment_strategy = serializers.ChoiceField(choices=Strategy.choices)
    calendar = serializers.IntegerField(source="calendar_id", allow_null=True)
    calendar_name = serializers.CharField(source="calendar.name", default=None, allow_null=True)
    version = serializers.IntegerField(source="revision")
    deployed_version = serializers.IntegerField(
        source="current_version.number", default=None, allow_null=True
    )
    step_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    created_by = serializers.IntegerField(allow_null=True)
    updated_at = serializers.DateTimeField()


class WorkflowSavedOut(WorkflowOut):
    """A definition after a write, and what was done."""

    message = serializers.CharField()


class GraphFaultOut(serializers.Serializer[Any]):
    """One reason why a definition cannot be deployed, with the step or transition."""

    code = serializers.CharField()
    message = serializers.CharField()
    step_id = serializers.IntegerField(allow_null=True)
    transition_id = serializers.IntegerField(allow_null=True)


class GraphFaultsOut(serializers.Serializer[Any]):
    """Whether a definition can be deployed, and everything that is against it."""

    valid = serializers.BooleanField()
    faults = GraphFaultOut(many=True)


class PositionOut(serializers.Serializer[Any]):
    x = serializers.FloatField()
    y = serializers.FloatField()


class NodeOut(serializers.Serializer[Any]):
    """A step of a graph."""

    step_id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    role_id = serializers.IntegerField(allow_null=True)
    description = serializers.CharField()
    instruction = serializers.CharField()
    weight = serializers.FloatField()
    order = serializers.IntegerField()
    is_start = serializers.BooleanField()
    is_end = serializers.BooleanField()
    requires_approval = serializers.BooleanField()
    approvals_needed = serializers.IntegerField()
    requester_may_approve = serializers.BooleanField()
    previous_may_approve = serializers.BooleanField()
    fork = serializers.BooleanField()
    join = JoinField(allow_null=True)
    escalate_to = serializers.CharField()
    escalate_to_role_id = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=NODE_KINDS)
    position = PositionOut()


class EdgeOut(serializers.Serializer[Any]):
    """A transition of a graph; `to` null ends the run."""

    transition_id = serializers.IntegerField()
    to = serializers.IntegerField(source="to_step", allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=EDGE_KINDS)

    def get_fields(self) -> dict[str, Any]:
        """Add `from`, which Python cannot spell as an attribute."""
        return super().get_fields() | {"from": serializers.IntegerField(source="from_step")}


class GraphOut(serializers.Serializer[Any]):
    """The draft of a workflow; send `version` back when saving."""

    workflow_id = serializers.IntegerField()
    version = serializers.IntegerField()
    nodes = NodeOut(many=True)
    edges = EdgeOut(many=True)


class GraphSavedOut(GraphOut):
    """The draft after a save: `ids` maps each `temp-…` name to the number that it got."""

    ids = serializers.DictField(child=serializers.IntegerField())
    status = serializers.ChoiceField(choices=Status.choices)
    message = serializers.CharField()


class VersionOut(serializers.Serializer[Any]):
    """A deploy."""

    version_id = serializers.IntegerField(source="pk")
    number = serializers.IntegerField()
    is_current = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    created_by = serializers.IntegerField(allow_null=True)
    created_by_name = serializers.CharField()


class FrozenGraphOut(serializers.Serializer[Any]):
    nodes = NodeOut(many=True)
    edges = EdgeOut(many=True)


class VersionDetailOut(VersionOut):
    """A deploy with the graph that its tasks run on."""

    graph = FrozenGraphOut()


class FieldChangeOut(serializers.Serializer[Any]):
    """A field with another value; a setting `…_sla_s` is a time in seconds."""

    field = serializers.CharField()
    old = serializers.JSONField()  # null as well
    new = serializers.JSONField()


class StepChangeOut(serializers.Serializer[Any]):
    step_id = serializers.IntegerField(source="number")
    name = serializers.CharField()
    fields_changed = FieldChangeOut(many=True, source="fields")


class TransitionChangeOut(serializers.Serializer[Any]):
    transition_id = serializers.IntegerField(source="number")
    name = serializers.CharField()
    fields_changed = FieldChangeOut(many=True, source="fields")


class StepsDiffOut(serializers.Serializer[Any]):
    added = NodeOut(many=True)
    removed = NodeOut(many=True)
    changed = StepChangeOut(many=True)


class TransitionsDiffOut(serializers.Serializer[Any]):
    added = EdgeOut(many=True)
    removed = EdgeOut(many=True)
    changed = TransitionChangeOut(many=True)


class DiffOut(serializers.Serializer[Any]):
    """What leads from one version to another, or to the draft."""

    is_same = serializers.BooleanField()
    steps = StepsDiffOut()
    transitions = TransitionsDiffOut()
    settings = FieldChangeOut(many=True)


class StepOut(serializers.Serializer[Any]):
    """A step of a draft."""

    step_id = serializers.IntegerField()
    workflow_id = serializers.IntegerField()
    workflow_name = serializers.CharField(source="workflow.name")
    name = serializers.CharField()
    role = serializers.CharField(source="role.name", default=None, allow_null=True)
    role_id = serializers.IntegerField(allow_null=True)
    description = serializers.CharField()
    instruction = serializers.CharField()
    weight = serializers.FloatField()
    order = serializers.IntegerField()
    is_start = serializers.BooleanField()
    is_end = serializers.BooleanField()
    requires_approval = serializers.BooleanField()
    approvals_needed = serializers.IntegerField()
    requester_may_approve = serializers.BooleanField()
    previous_may_approve = serializers.BooleanField()
    fork = serializers.BooleanField()
    join = JoinField(source="join_rule", allow_null=True)
    escalate_to = serializers.CharField(source="escalate_to.name", default=None, allow_null=True)
    kind = serializers.ChoiceField(choices=NODE_KINDS)


class TransitionOut(serializers.Serializer[Any]):
    """A transition of a draft."""

    transition_id = serializers.IntegerField()
    workflow_id = serializers.IntegerField()
    from_step = serializers.IntegerField(source="from_step_id")
    from_step_name = serializers.CharField(source="from_step.name")
    to_step = serializers.IntegerField(source="to_step_id", allow_null=True)
    to_step_name = serializers.CharField(source="to_step.name", default=None, allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=EDGE_KINDS)
