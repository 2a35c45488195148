"""The replica of Auth, read-only: change people and roles in the Auth Service."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from workflow_api.readonly import ReadOnly
from workflow_api.roles.models import Member, Person, Role


class MemberInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold has no types
    model = Member
    extra = 0
    fields = ("role", "person", "is_active", "last_turn")


@admin.register(Role)
class RoleAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("role_id", "name", "system", "is_active", "version")
    list_filter = ("system", "is_active")
    search_fields = ("name",)
    ordering = ("system", "name")
    inlines = (MemberInline,)


@admin.register(Person)
class PersonAdmin(ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold has no types
    list_display = ("user_id", "username", "full_name", "email", "is_active", "version")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    inlines = (MemberInline,)
