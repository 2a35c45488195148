"""The switches of the simulators, and what these hold."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from . import services
from .models import Approval, Asset, BudgetLine, Reservation, Simulator


@admin.register(Simulator)
class SimulatorAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """One row a simulator; only its behaviour changes."""

    list_display = ("name", "mode", "delay_ms", "remaining", "updated_at")
    fields = ("name", "mode", "delay_ms", "remaining")
    readonly_fields = ("name",)
    ordering = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may: there are as many as there are."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody may."""
        return False

    def save_model(self, request: HttpRequest, obj: Simulator, form: Any, change: bool) -> None:
        """Set the mode by the same service as the API."""
        services.set_mode(
            name=obj.name,
            mode=obj.mode,
            delay_ms=obj.delay_ms,
            remaining=obj.remaining,
            at=timezone.now(),
        )


@admin.register(Asset)
class AssetAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("asset_id", "kind", "name", "location", "reserved_until")
    list_filter = ("kind",)
    ordering = ("asset_id",)


@admin.register(BudgetLine)
class BudgetLineAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("budget_line_id", "department", "category", "total", "spent")
    list_filter = ("department",)
    ordering = ("budget_line_id",)


class RecordAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """What has happened: to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody may."""
        return False


@admin.register(Reservation)
class ReservationAdmin(RecordAdmin):
    list_display = ("reservation_id", "asset", "requester_id", "task_id", "valid_until")
    list_select_related = ("asset",)
    ordering = ("-created_at",)


@admin.register(Approval)
class ApprovalAdmin(RecordAdmin):
    list_display = ("approval_id", "line", "amount", "requester_id", "created_at")
    list_select_related = ("line",)
    ordering = ("-created_at",)
