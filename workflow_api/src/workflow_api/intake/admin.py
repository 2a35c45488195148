"""The ledger for looking at; replays go through the API."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from servicekit.inbox.models import InboxMessage
from workflow_api.readonly import ReadOnly


@admin.register(InboxMessage)
class InboxMessageAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("id", "task", "subject", "outcome", "code", "deliveries", "received_at")
    list_filter = ("outcome", "code", "queue")
    search_fields = ("subject", "message_id")
    ordering = ("-id",)
    show_full_result_count = False
    exclude = ("raw",)
