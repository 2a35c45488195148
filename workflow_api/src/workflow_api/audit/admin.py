"""The trail, for looking only."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from workflow_api.audit.models import AuditAnchor, AuditRow
from workflow_api.readonly import ReadOnly


@admin.register(AuditRow)
class AuditRowAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("at", "subject", "seq", "action", "field", "user_name", "ip_address")
    list_filter = ("action",)
    search_fields = ("subject__exact", "user_name__exact")
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(AuditAnchor)
class AuditAnchorAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("day", "number", "rows", "root", "anchored_at")
    ordering = ("-number",)
