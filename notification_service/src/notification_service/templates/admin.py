"""Changed templates in the admin; what is saved is checked as in the API."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from servicekit.errors import DomainError

from . import catalog, rendering, services
from .catalog import Content
from .models import Template

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Template]
else:
    ModelForm = forms.ModelForm


class TemplateForm(ModelForm):
    """A template whose parts the sandbox accepts."""

    notification_type = forms.ChoiceField(choices=[(name, name) for name in catalog.TYPES])

    class Meta:
        model = Template
        fields = ("notification_type", "subject", "text", "html")

    def clean(self) -> dict[str, Any]:
        """Refuse parts that the sandbox refuses."""
        values = super().clean() or self.cleaned_data
        parts = {part: values.get(part, "") for part in ("subject", "text", "html")}
        try:
            rendering.check(Content(**parts))
        except DomainError as error:
            raise forms.ValidationError(dict(error.errors)) from error
        return values


@admin.register(Template)
class TemplateAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    form = TemplateForm
    list_display = ["notification_type", "subject", "version", "updated_at", "updated_by"]
    ordering = ["notification_type"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Template | None = None
    ) -> tuple[str, ...]:
        """The type of a saved template does not change."""
        return ("notification_type",) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Template, form: ModelForm, change: bool
    ) -> None:
        """Save as a new version by whoever is signed in."""
        changes = {"subject": obj.subject, "text": obj.text, "html": obj.html}
        services.save_template(
            notification_type=obj.notification_type,
            changes=changes,
            version=None,
            by=request.user.get_username(),
            at=timezone.now(),
        )
