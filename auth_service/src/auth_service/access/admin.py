"""Admin pages: systems, roles, memberships."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from auth_service.admin_pages import ServicePage, admin_actor

from . import selectors, services
from .models import Membership, Role, System


@admin.register(System)
class SystemPage(ServicePage):
    """Business systems; the slug is fixed once it is given."""

    fields = ("slug", "name", "description")
    list_display = ("slug", "name")
    ordering = ("pk",)

    def get_readonly_fields(self, request: HttpRequest, obj: System | None = None) -> list[str]:
        """The slug of a new system only."""
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: System | None = None) -> bool:
        """What is built in stays."""
        return obj is not None and not obj.is_builtin

    def save_model(self, request: HttpRequest, obj: System, form: Any, change: bool) -> None:
        """Create or change a system through the services."""
        by, at = admin_actor(request), timezone.now()
        texts = {"name": obj.name, "description": obj.description}
        if change:
            services.update_system(system_id=obj.pk, **texts, by=by, at=at)
        else:
            obj.pk = services.create_system(slug=obj.slug, **texts, by=by, at=at).pk

    def delete_model(self, request: HttpRequest, obj: System) -> None:
        """Delete a system that nobody uses."""
        services.delete_system(system_id=obj.pk, by=admin_actor(request), at=timezone.now())


@admin.register(Role)
class RolePage(ServicePage):
    """Roles; deleting one retires it."""

    fields = ("system", "name", "description", "permissions")
    list_display = ("name", "system", "description", "is_builtin", "version")
    list_filter = ("system",)
    search_fields = ("name",)
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        """The roles of the systems that the person administers."""
        return selectors.roles(by=admin_actor(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Role | None = None) -> list[str]:
        """A role stays in its system."""
        return ["system"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        """What is built in stays as it is."""
        return bool(super().has_change_permission(request, obj)) and not (obj and obj.is_builtin)

    def has_delete_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        """One role at a time, unless it is built in."""
        return obj is not None and not obj.is_builtin

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        """Create or change a role through the services."""
        by, at = admin_actor(request), timezone.now()
        what: dict[str, Any] = {"name": obj.name, "description": obj.description}
        what["permissions"] = obj.permissions
        if change:
            services.update_role(role_id=obj.pk, **what, by=by, at=at)
        else:
            obj.pk = services.create_role(system=obj.system.slug, **what, by=by, at=at).pk

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        """Retire a role that nobody holds."""
        services.retire_role(role_id=obj.pk, by=admin_actor(request), at=timezone.now())


@admin.register(Membership)
class MembershipPage(ServicePage):
    """Who holds what; given, suspended and taken, never edited."""

    fields = ("user", "role")
    autocomplete_fields = ("user", "role")
    list_display = ("user", "role", "is_active", "assigned_at", "assigned_by")
    list_filter = ("role__system", "is_active")
    search_fields = ("user__username", "user__email", "role__name")
    list_select_related = ("user", "role__system", "assigned_by")
    ordering = ("pk",)
    actions = ("suspend",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """The memberships in the systems that the person administers."""
        return selectors.memberships(by=admin_actor(request))

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """The list only, for its action."""
        return obj is None

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """One membership at a time."""
        return obj is not None

    @admin.action(description="Suspend: grants nothing until it is given again")
    def suspend(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Suspend the chosen memberships."""
        by, at = admin_actor(request), timezone.now()
        for assignment_id in queryset.filter(is_active=True).values_list("pk", flat=True):
            services.suspend_membership(assignment_id=assignment_id, by=by, at=at)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Give a role through the services."""
        granted = services.grant_role(
            user_id=obj.user_id,
            role_id=obj.role_id,
            system=obj.role.system.slug,
            by=admin_actor(request),
            at=timezone.now(),
        )
        obj.pk = granted.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Take the role."""
        services.revoke_role(assignment_id=obj.pk, by=admin_actor(request), at=timezone.now())
