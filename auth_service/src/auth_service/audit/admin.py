"""Admin page: the audit trail."""

from django.contrib import admin

from auth_service.admin_pages import ReadOnlyPage

from .models import AuditEntry


@admin.register(AuditEntry)
class AuditPage(ReadOnlyPage):
    """What happened, the latest first."""

    fields = ("at", "action", "subject", "actor", "actor_id", "ip_address", "request_id", "details")
    list_display = ("at", "action", "subject", "actor", "ip_address")
    list_filter = ("action",)
    search_fields = ("subject", "actor", "request_id")
    ordering = ("-id",)
