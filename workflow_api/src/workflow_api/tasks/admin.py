"""Tickets and tasks for looking at; they are worked through the API, which keeps the trail."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from workflow_api.readonly import ReadOnly

from .models import Assignment, Branch, Task, TaskEvent, Ticket


class TaskInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Task
    extra = 0
    show_change_link = True
    fields = ("task_id", "workflow", "state", "current_step_name", "assignee", "sla_deadline")
    readonly_fields = ("task_id",)


class AssignmentInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Assignment
    extra = 0
    fields = ("step_name", "role", "person", "assigned_at", "due_at", "closed_at", "outcome")


class BranchInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Branch
    extra = 0
    fields = ("round", "current_step_name", "state", "assignee", "step_deadline", "ended_at")


class EventInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = TaskEvent
    extra = 0
    fields = ("at", "kind", "user_name", "from_step", "to_step", "notes")


@admin.register(Ticket)
class TicketAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("id", "external_id", "title", "priority", "category", "state", "received_at")
    list_filter = ("state", "priority", "category")
    search_fields = ("external_id", "title")
    ordering = ("-id",)
    show_full_result_count = False
    inlines = (TaskInline,)


@admin.register(Task)
class TaskAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = (
        "task_id",
        "ticket",
        "workflow",
        "state",
        "priority",
        "current_step_name",
        "assignee",
        "sla_deadline",
    )
    list_filter = ("state", "priority", "workflow")
    list_select_related = ("ticket", "workflow", "assignee")
    search_fields = ("ticket__external_id", "ticket__title")
    ordering = ("-number",)
    show_full_result_count = False
    inlines = (BranchInline, AssignmentInline, EventInline)


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("task", "step_name", "role", "person", "assigned_at", "closed_at", "outcome")
    list_filter = ("outcome", "role")
    list_select_related = ("task", "role", "person")
    search_fields = ("person__username", "task__ticket__external_id")
    ordering = ("-id",)
    show_full_result_count = False
