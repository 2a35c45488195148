"""The replica of Auth, read-only: change people and roles in the Auth Service."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from workflow_api.roles.models import Member, Person, Role


class ReadOnly:
    """Nothing here is written by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MemberInline(ReadOnly, TabularInline):
    model = Member
    extra = 0
    fields = ("role", "person", "is_active", "last_turn")


@admin.register(Role)
class RoleAdmin(ReadOnly, ModelAdmin):
    list_display = ("role_id", "name", "system", "is_active", "version")
    list_filter = ("system", "is_active")
    search_fields = ("name",)
    ordering = ("system", "name")
    inlines = (MemberInline,)


@admin.register(Person)
class PersonAdmin(ReadOnly, ModelAdmin):
    list_display = ("user_id", "username", "full_name", "email", "is_active", "version")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    inlines = (MemberInline,)
