"""Admin page: people."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminPasswordWidget

from auth_service.admin_pages import ServicePage, admin_actor
from auth_service.tokens import services as token_services
from servicekit.errors import Invalid

from . import names, passwords, services
from .models import User

admin.site.unregister(Group)
FIELDS = ["username", "email", "first_name", "last_name", "is_active"]


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person; an empty password leaves it as it is."""

    new_password = forms.CharField(
        required=False, strip=False, widget=UnfoldAdminPasswordWidget(render_value=False)
    )

    class Meta:
        model = User
        fields = FIELDS

    def clean(self) -> dict[str, Any]:
        """Show what the services would refuse beside the field that it is about."""
        given = super().clean() or {}
        for field, check in (("username", self._check_name), ("new_password", self._check_secret)):
            try:
                check(given.get(field) or "")
            except Invalid as fault:
                self.add_error(field, [text for texts in fault.errors.values() for text in texts])
        return given

    def _check_name(self, username: str) -> None:
        if username:
            names.check_username(username)

    def _check_secret(self, password: str) -> None:
        if password:
            passwords.check_good_enough(password, user=self.instance)


@admin.register(User)
class UserPage(ServicePage):
    """People; an account is deactivated, never deleted."""

    form = UserForm
    fields = (*FIELDS, "new_password", "is_superuser", "date_joined", "last_login", "version")
    readonly_fields = ("is_superuser", "date_joined", "last_login", "version")
    list_display = ("username", "email", "full_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "email", "first_name", "last_name")
    ordering = ("pk",)
    actions = ("unlock",)

    @admin.action(description="Unlock: forget the failed attempts to sign in")
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let the chosen people try again at once."""
        by, at = admin_actor(request), timezone.now()
        for user_id in queryset.values_list("pk", flat=True):
            token_services.unlock(user_id=user_id, by=by, at=at)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tickets and the audit trail name people for ever."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Create or change a person through the services."""
        by, at, given = admin_actor(request), timezone.now(), form.cleaned_data
        password = given["new_password"] or None
        if not change:
            created = services.create_user(
                username=given["username"],
                email=given["email"],
                first_name=given["first_name"],
                last_name=given["last_name"],
                password=password,
                by=by,
                at=at,
            )
            obj.pk = created.pk
            return
        changes = {field: given[field] for field in FIELDS if field in form.changed_data}
        services.update_user(user_id=obj.pk, changes=changes, by=by, at=at)
        if password:
            services.set_password(user_id=obj.pk, password=password, by=by, at=at)
