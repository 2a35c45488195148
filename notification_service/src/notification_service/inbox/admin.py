"""Alerts in the admin: to look at, not to change."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import InAppNotification, Mailbox


@admin.register(InAppNotification)
class InAppNotificationAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ["id", "user_id", "notification_type", "subject", "is_read", "created_at"]
    list_filter = ["notification_type", "is_read"]
    search_fields = ["=user_id", "subject", "=related_task_id"]
    ordering = ["-id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Mailbox)
class MailboxAdmin(InAppNotificationAdmin):
    list_display = ["user_id", "unread", "total", "head_seq"]
    list_filter: list[str] = []
    search_fields = ["=user_id"]
    ordering = ["user_id"]
