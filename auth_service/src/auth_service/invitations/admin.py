"""Admin pages: invitations and registrations."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from auth_service.admin_pages import ReadOnlyPage, ServicePage, admin_actor

from . import selectors, services
from .models import Invitation, Registration


@admin.register(Invitation)
class InvitationPage(ServicePage):
    """Who was invited; deleting one revokes it."""

    fields = ("email", "first_name", "last_name", "roles")
    list_display = ("email", "state", "invited_by", "created_at", "expires_at")
    list_filter = ("state",)
    search_fields = ("email",)
    ordering = ("-pk",)
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """The invitations into the systems that the person administers."""
        return selectors.invitations(by=admin_actor(request), at=timezone.now())

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """The list only, for its action."""
        return obj is None

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """One that is still open."""
        return obj is not None and obj.state == Invitation.State.PENDING

    @admin.action(description="Send again with a new link")
    def send_again(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Send the chosen invitations again."""
        by, at = admin_actor(request), timezone.now()
        for invitation_id in queryset.values_list("pk", flat=True):
            services.resend(invitation_id=invitation_id, by=by, at=at)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Invite through the services."""
        invitation = services.invite(
            email=obj.email,
            first_name=obj.first_name,
            last_name=obj.last_name,
            role_ids=[role.pk for role in form.cleaned_data["roles"]],
            by=admin_actor(request),
            at=timezone.now(),
        )
        obj.pk = invitation.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the service has stored the roles."""

    def delete_model(self, request: HttpRequest, obj: Invitation) -> None:
        """Revoke an invitation."""
        services.revoke(invitation_id=obj.pk, by=admin_actor(request), at=timezone.now())


@admin.register(Registration)
class RegistrationPage(ReadOnlyPage):
    """Who asked for an account."""

    fields = (
        "username",
        "email",
        "first_name",
        "last_name",
        "state",
        "reason",
        "created_at",
        "decided_at",
        "decided_by",
    )
    list_display = ("username", "email", "state", "created_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("decided_by",)
    search_fields = ("username", "email")
    ordering = ("-pk",)
    actions = ("approve", "reject")

    @admin.action(description="Approve: make the accounts, without roles")
    def approve(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Approve the chosen requests."""
        by, at = admin_actor(request), timezone.now()
        for registration_id in queryset.values_list("pk", flat=True):
            services.approve(registration_id=registration_id, role_ids=[], by=by, at=at)

    @admin.action(description="Reject")
    def reject(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Reject the chosen requests."""
        by, at = admin_actor(request), timezone.now()
        for registration_id in queryset.values_list("pk", flat=True):
            services.reject(registration_id=registration_id, reason="", by=by, at=at)
