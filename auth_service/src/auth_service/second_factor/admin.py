"""Admin page: who has a second factor; the way back in for somebody who lost it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from auth_service.admin_pages import ReadOnlyPage, admin_actor

from . import services
from .models import SecondFactor


@admin.register(SecondFactor)
class SecondFactorPage(ReadOnlyPage):
    """What people have switched on; secrets and codes have no page."""

    fields = ("user", "method", "enabled_at")
    list_display = ("user", "method", "enabled_at")
    list_filter = ("method",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
    ordering = ("user",)
    actions = ("switch_off",)

    @admin.action(description="Switch off: for people who lost it; their sessions end")
    def switch_off(self, request: HttpRequest, queryset: QuerySet[SecondFactor]) -> None:
        """Switch off the chosen second factors."""
        by, at = admin_actor(request), timezone.now()
        for user_id in queryset.exclude(method="").values_list("pk", flat=True):
            services.reset(user_id=user_id, by=by, at=at)
