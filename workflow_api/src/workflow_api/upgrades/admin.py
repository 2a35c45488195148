"""Migrations for looking at; they are applied and undone through the API."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from workflow_api.readonly import ReadOnly

from .models import Upgrade


@admin.register(Upgrade)
class UpgradeAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("id", "workflow", "to_version", "state", "total", "created_by_name")
    list_filter = ("state",)
    list_select_related = ("workflow", "to_version")
    ordering = ("-id",)
