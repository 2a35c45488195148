"""Admin page: the credentials of machines, never their secrets."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from auth_service.admin_pages import ReadOnlyPage, admin_actor

from . import services
from .models import Credential, Kind


@admin.register(Credential)
class CredentialPage(ReadOnlyPage):
    """What machines may ask for, and when they last did."""

    fields = (
        *("kind", "public_id", "name", "audiences", "scopes"),
        *("created_at", "created_by", "expires_at", "last_used_at", "revoked_at"),
    )
    list_display = ("name", "kind", "public_id", "last_used_at", "expires_at", "revoked_at")
    list_filter = ("kind",)
    search_fields = ("name", "public_id")
    ordering = ("-pk",)
    actions = ("withdraw",)

    @admin.action(description="Withdraw for good")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Credential]) -> None:
        """Withdraw the chosen credentials."""
        by, at = admin_actor(request), timezone.now()
        for each in queryset.filter(revoked_at=None):
            services.revoke(kind=Kind(each.kind), credential_id=each.pk, by=by, at=at)
