"""Definitions, for looking only: the API checks, freezes and records what the admin would not."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from workflow_api.readonly import ReadOnly
from workflow_api.workflows.models import Step, Transition, Workflow, WorkflowVersion


class StepInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Step
    extra = 0
    fields = (
        "name",
        "role",
        "weight",
        "order",
        "is_start",
        "is_end",
        "requires_approval",
        "fork",
        "join",
    )


class TransitionInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Transition
    extra = 0
    fields = ("from_step", "to_step", "name", "kind")


@admin.register(Workflow)
class WorkflowAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("name", "category", "sub_category", "department", "status", "has_changes")
    list_filter = ("status", "category")
    search_fields = ("name", "category", "sub_category", "department")
    ordering = ("name",)
    inlines = (StepInline, TransitionInline)


@admin.register(WorkflowVersion)
class WorkflowVersionAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("workflow", "number", "created_at", "created_by_name")
    list_select_related = ("workflow",)
    ordering = ("-id",)
