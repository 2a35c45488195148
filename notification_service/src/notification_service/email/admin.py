"""The delivery log in the admin: to look at, and to try failed mail again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from . import services
from .models import Email, State


@admin.register(Email)
class EmailAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ["id", "recipient", "notification_type", "subject", "state", "created_at"]
    list_filter = ["state", "notification_type"]
    search_fields = ["recipient", "subject", "=message_id"]
    ordering = ["-id"]
    exclude = ["text", "html"]
    actions = ["retry"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.action(description="Try failed mails again")
    def retry(self, request: HttpRequest, mails: QuerySet[Email]) -> None:
        """Queue those of the chosen mails that have failed."""
        failed = list(mails.filter(state=State.FAILED).values_list("id", flat=True))
        for mail_id in failed:
            services.retry_mail(mail_id=mail_id, at=timezone.now())
        self.message_user(request, f"{len(failed)} mails are queued again.", messages.SUCCESS)
