"""Tickets in the admin: to look at; the Workflow API writes them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import Ticket


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """What an administrator may look at and never change, because changes need an event."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    """Who may read a ticket's comments, and how far its log has come."""

    list_display = ["ticket_id", "external_ticket_id", "title", "status", "head_seq", "version"]
    search_fields = ["external_ticket_id", "task_id", "title"]
    ordering = ["-ticket_id"]
