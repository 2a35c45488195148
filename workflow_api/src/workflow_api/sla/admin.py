"""Business calendars, kept by administrators; what makes no sense is refused."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from unfold.admin import ModelAdmin

from servicekit.errors import DomainError
from workflow_api.sla import selectors
from workflow_api.sla.models import Calendar


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such subscript
    """Refuses a calendar that the rules cannot read."""

    class Meta:
        model = Calendar
        fields = ("name", "time_zone", "weekly_hours", "holidays", "country", "subdivision")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            try:
                selectors.rules_of(Calendar(**values), at=timezone.now())
            except DomainError as exc:
                self.add_error(exc.field, exc.sentence)
        return values


@admin.register(Calendar)
class CalendarAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    form = CalendarForm
    list_display = ("name", "time_zone", "country", "subdivision")
    search_fields = ("name",)
    ordering = ("name",)
