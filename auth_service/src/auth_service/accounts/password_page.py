"""The page of the Django admin where people change their own password."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.urls import reverse_lazy
from django.utils import timezone
from unfold.forms import AdminOwnPasswordChangeForm

from auth_service.audit.actors import Actor

from . import services
from .models import User


class OwnPasswordForm(AdminOwnPasswordChangeForm):  # type: ignore[misc]
    """Asks for the old password and twice for the new one."""

    def save(self, commit: bool = True) -> User:
        """Set the password through the service, which ends every session."""
        user: User = self.user
        services.set_password(
            user_id=user.pk,
            password=self.cleaned_data["new_password1"],
            by=Actor(user_id=user.pk, username=user.username),
            at=timezone.now(),
        )
        user.refresh_from_db()
        return user


class OwnPasswordPage(PasswordChangeView):
    """/admin/password_change/"""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what every page of the admin shows."""
        return super().get_context_data(**kwargs) | admin.site.each_context(self.request)
