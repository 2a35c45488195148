"""Migrations on the wire."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from workflow_api.tasks.models import Task
from workflow_api.tasks.serializers import STATES

from .models import TaskOutcome, Upgrade, UpgradedTask, UpgradeState
from .preview import Group, Holder
from .rules import Reason, Verdict
from .services.beginning import undoable_until

VERDICTS = [(each.value, each.value) for each in Verdict]
REASONS = [(each.value, each.value) for each in Reason]
HOLDERS = [(each.value, each.value) for each in Holder]


class PageOut(serializers.Serializer[Any]):
    """What every page says of itself."""

    count = serializers.IntegerField(required=False)
    count_is_exact = serializers.BooleanField(required=False)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class PlaceOut(serializers.Serializer[Any]):
    """A step, and who works it."""

    step_id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    role_id = serializers.IntegerField(allow_null=True)


class GroupOut(serializers.Serializer[Group]):
    """Tasks that land alike."""

    version = serializers.IntegerField(source="landing.origin.number")
    from_step = PlaceOut(source="landing.from_step")
    to_step = PlaceOut(source="landing.to_step", allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, source="landing.verdict")
    reason = serializers.ChoiceField(choices=REASONS, source="landing.reason", allow_null=True)
    sentence = serializers.CharField(source="landing.sentence", allow_blank=True)
    tasks = serializers.IntegerField()
    reassigned = serializers.IntegerField()


class CountsOut(serializers.Serializer[Any]):
    """All tasks of a preview, however many are listed."""

    total = serializers.IntegerField()
    safe = serializers.IntegerField(help_text="same_step and mapped_step together.")
    same_step = serializers.IntegerField()
    mapped_step = serializers.IntegerField()
    unsafe = serializers.IntegerField()
    reassigned = serializers.IntegerField(help_text="Safe ones that get another person.")
    reasons = serializers.DictField(child=serializers.IntegerField())


class LandingOut(serializers.Serializer[Any]):
    """Where one task would land. Give the Preview as `context["preview"]`."""

    task_id = serializers.CharField(source="task.task_id")
    external_ticket_id = serializers.CharField(source="task.ticket.external_id")
    title = serializers.CharField(source="task.ticket.title")
    status = serializers.ChoiceField(choices=STATES, source="task.state")
    task_version = serializers.IntegerField(source="task.version")
    version = serializers.IntegerField(source="landing.origin.number")
    from_step = PlaceOut(source="landing.from_step")
    to_step = PlaceOut(source="landing.to_step", allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, source="landing.verdict")
    reason = serializers.ChoiceField(choices=REASONS, source="landing.reason", allow_null=True)
    assigned_user = serializers.IntegerField(source="task.assignee_id", allow_null=True)
    assigned_user_name = serializers.CharField(source="task.holder_name", default="")
    holder = serializers.ChoiceField(choices=HOLDERS)
    sentence = serializers.CharField()

    def to_representation(self, instance: Task) -> Any:
        return super().to_representation(self.context["preview"].row(instance))


class PreviewOut(serializers.Serializer[Any]):
    """What a preview says beside its page of tasks; `preview_token` is good for an hour."""

    workflow_id = serializers.IntegerField()
    to_version = serializers.IntegerField()
    counts = CountsOut()
    groups = GroupOut(many=True)
    unused_mappings = serializers.ListField(child=serializers.IntegerField())
    unknown_tasks = serializers.ListField(child=serializers.CharField())
    preview_token = serializers.CharField()
    message = serializers.CharField()


class OutcomesOut(serializers.Serializer[Any]):
    """How many tasks had which outcome, and why the others stayed."""

    outcomes = serializers.DictField(child=serializers.IntegerField())
    reasons = serializers.DictField(child=serializers.IntegerField())


class UpgradeOut(serializers.Serializer[Upgrade]):
    """A migration: who decided it when, how far it is, what became of its tasks."""

    upgrade_id = serializers.IntegerField(source="id")
    workflow_id = serializers.IntegerField()
    to_version = serializers.IntegerField(source="to_version.number")
    from_versions = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    step_map = serializers.DictField(child=serializers.IntegerField())
    status = serializers.ChoiceField(choices=UpgradeState.choices, source="state")
    notes = serializers.CharField(allow_blank=True)
    total = serializers.IntegerField()
    counts = OutcomesOut()
    previewed_at = serializers.DateTimeField(source="seen_at")
    created_at = serializers.DateTimeField()
    created_by = serializers.IntegerField()
    created_by_name = serializers.CharField()
    finished_at = serializers.DateTimeField(allow_null=True)
    cancelled_by = serializers.IntegerField(allow_null=True)
    cancelled_by_name = serializers.CharField(allow_blank=True)
    undoable_until = serializers.SerializerMethodField()
    undo_started_at = serializers.DateTimeField(allow_null=True)
    undo_by = serializers.IntegerField(allow_null=True)
    undo_by_name = serializers.CharField(allow_blank=True)
    undone_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_undoable_until(self, found: Upgrade) -> datetime | None:
        return undoable_until(found)


class UpgradeSavedOut(UpgradeOut):
    """A migration after a write, and what was done."""

    message = serializers.CharField()


class UpgradedTaskOut(serializers.Serializer[UpgradedTask]):
    """What became of one task."""

    task_id = serializers.CharField(source="task_name")
    outcome = serializers.ChoiceField(choices=TaskOutcome.choices)
    reason = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    from_version = serializers.IntegerField()
    from_step = serializers.CharField()
    to_step = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class UpgradeTasksOut(UpgradeOut, PageOut):
    """A migration with a page of its tasks."""

    results = UpgradedTaskOut(many=True)


class PreviewTasksOut(PreviewOut, PageOut):
    """A preview with a page of its tasks."""

    results = LandingOut(many=True)
