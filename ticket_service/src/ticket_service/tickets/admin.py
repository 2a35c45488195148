"""The help desk for people: write a ticket by hand, change one, generate some."""

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from servicekit.errors import DomainError

from . import payload, services
from .generator import generate
from .models import Attachment, HelpDeskTicket, StatusChange
from .serializers import TicketIn

CONTENT = (
    "title",
    "description",
    "priority",
    "category",
    "sub_category",
    "department",
    "requester_name",
    "requester_email",
    "extra",
)
KNOWN = ("status", "status_at", "task_id", "revision", "created_at", "updated_at")


class TicketForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A ticket as one writes it; without an id it gets the next number."""

    class Meta:
        model = HelpDeskTicket
        fields = ("ticket_id", *CONTENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "ticket_id" in self.fields:
            self.fields["ticket_id"].required = False

    def clean_extra(self) -> dict[str, Any]:
        """Return an object where the field was left empty."""
        return self.cleaned_data["extra"] or {}

    def clean(self) -> dict[str, Any]:
        """Refuse what the API would refuse."""
        cleaned = super().clean() or self.cleaned_data
        content = {name: cleaned[name] for name in CONTENT if name in cleaned}
        content["ticket_id"] = cleaned.get("ticket_id") or None
        try:
            draft = TicketIn.parse(content).draft()
            trial = services.new_ticket(draft, ticket_id="HDTS-00000", at=timezone.now())
            payload.message_of(trial, files=[])
        except DomainError as exc:
            for name, sentences in exc.errors.items():
                field = name.partition(".")[0]
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, sentences)
        return cleaned


class GenerateForm(BaseDialogForm):  # type: ignore[misc]  # unfold has no types
    count = forms.IntegerField(
        min_value=1, max_value=1000, initial=10, widget=UnfoldAdminIntegerFieldWidget
    )
    seed = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text="The same seed gives the same tickets.",
    )


class ReadOnlyInline(TabularInline):  # type: ignore[misc]  # unfold has no types
    """Rows that nobody changes here."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody adds any."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes any."""
        return False


class AttachmentInline(ReadOnlyInline):
    model = Attachment
    fields = ("filename", "content_type", "size_bytes", "created_at")


class StatusChangeInline(ReadOnlyInline):
    model = StatusChange
    fields = ("status", "task_id", "updated_at", "received_at")
    ordering = ("updated_at", "id")
    verbose_name_plural = "status history"


@admin.register(HelpDeskTicket)
class HelpDeskTicketAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """Saving publishes; nothing is ever deleted."""

    form = TicketForm
    list_display = (
        "ticket_id",
        "title",
        "priority",
        "category",
        "status",
        "revision",
        "created_at",
    )
    list_filter = ("status", "priority", "category")
    search_fields = ("ticket_id", "title", "requester_email")
    ordering = ("-id",)
    show_full_result_count = False
    readonly_fields = KNOWN
    inlines = (AttachmentInline, StatusChangeInline)
    actions = ("publish_again",)
    actions_list = ("generate_tickets",)

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        """Keep the id of a ticket that has one."""
        return ("ticket_id", *KNOWN) if obj else KNOWN

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody may: the Workflow API has the ticket already."""
        return False

    def save_model(
        self, request: HttpRequest, obj: HelpDeskTicket, form: TicketForm, change: bool
    ) -> None:
        """Open or revise the ticket by the same services as the API, which publish it."""
        content = {name: form.cleaned_data[name] for name in CONTENT}
        if change:
            services.revise_ticket(ticket_id=obj.ticket_id, changes=content, at=timezone.now())
            return
        ticket_id = form.cleaned_data["ticket_id"] or None
        draft = TicketIn.parse(content | {"ticket_id": ticket_id}).draft()
        created = services.create_ticket(draft=draft, at=timezone.now())
        obj.id, obj.ticket_id = created.id, created.ticket_id

    @admin.action(description="Publish the same revision again")
    def publish_again(self, request: HttpRequest, chosen: Any) -> None:
        """Send the chosen tickets once more."""
        for ticket_id in chosen.values_list("ticket_id", flat=True):
            services.publish_again(ticket_id=ticket_id, at=timezone.now())
        messages.success(request, f"{len(chosen)} tickets are on their way once more.")

    @action(  # type: ignore[untyped-decorator]  # unfold has no types
        description="Generate tickets",
        url_path="generate",
        permissions=["add"],
        dialog={
            "title": "Generate realistic tickets",
            "description": "Each is published like any other.",
            "form_class": GenerateForm,
            "form_submit_text": "Generate",
        },
    )
    def generate_tickets(self, request: HttpRequest, form: GenerateForm) -> HttpResponse:
        """Open as many tickets as the form says and return to the list."""
        seed = form.cleaned_data["seed"]
        seed = secrets.randbelow(2**31) if seed is None else seed
        at = timezone.now()
        drafts = list(generate(count=form.cleaned_data["count"], seed=seed, today=at.date()))
        services.create_tickets(drafts=drafts, at=at)
        messages.success(request, f"{len(drafts)} tickets are on their way (seed {seed}).")
        target = reverse("admin:tickets_helpdeskticket_changelist")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return redirect(target)
