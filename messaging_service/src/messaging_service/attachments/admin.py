"""Attachments in the admin: to look at."""

from django.contrib import admin

from messaging_service.tickets.admin import ReadOnlyAdmin

from .models import Attachment


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """What was attached, by whom."""

    list_display = ["filename", "content_type", "size_bytes", "uploaded_by", "created_at"]
    search_fields = ["filename", "sha256"]
    ordering = ["-created_at"]
    show_full_result_count = False
