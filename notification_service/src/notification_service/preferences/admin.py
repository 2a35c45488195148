"""Preferences in the admin: to look at; each person changes their own."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import Preference


@admin.register(Preference)
class PreferenceAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ["user_id", "email", "quiet_from", "quiet_to", "timezone", "updated_at"]
    search_fields = ["=user_id", "email"]
    ordering = ["user_id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
