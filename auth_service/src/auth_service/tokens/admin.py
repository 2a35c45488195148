"""Admin pages: sessions and keys. Refresh tokens and private keys have no page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from auth_service.admin_pages import ReadOnlyPage, admin_actor

from . import services
from .models import End, Session, SigningKey


@admin.register(Session)
class SessionPage(ReadOnlyPage):
    """Who is signed in, from where, since when."""

    fields = (
        *("id", "user", "created_at", "last_used_at", "expires_at"),
        *("ended_at", "end_reason", "ip_address", "user_agent"),
    )
    list_display = ("user", "created_at", "last_used_at", "ip_address", "ended_at", "end_reason")
    list_filter = ("end_reason",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
    ordering = ("-created_at",)
    actions = ("end_sessions",)

    @admin.action(description="End the chosen sessions")
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """End the chosen sessions; their access tokens are good for 15 minutes at the most."""
        by, at = admin_actor(request), timezone.now()
        for session_id in queryset.values_list("pk", flat=True):
            services.end_session(session_id=session_id, by=by, at=at, reason=End.ADMIN)


@admin.register(SigningKey)
class SigningKeyPage(ReadOnlyPage):
    """The public halves of the signing keys."""

    fields = ("kid", "created_at", "signs_from", "published_until", "public_jwk")
    list_display = ("kid", "created_at", "signs_from", "published_until")
    ordering = ("-signs_from",)
