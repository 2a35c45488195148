"""What the admin pages of this service share: every write goes through the services."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.admin import ModelAdmin

from auth_service.access.selectors import systems_administered
from auth_service.accounts.models import User
from auth_service.audit.actors import Actor
from servicekit.api.addresses import address_of
from servicekit.errors import DomainError


def admin_actor(request: HttpRequest) -> Actor:
    """Return who acts on an admin page."""
    user = request.user
    assert isinstance(user, User)
    return Actor(
        user_id=user.pk,
        username=user.username,
        admin_of=systems_administered(user.pk),
        is_superuser=user.is_superuser,
        ip_address=address_of(request),
    )


class ServicePage(ModelAdmin):  # type: ignore[misc]
    """A page whose refusals are shown as sentences; what cannot be undone is not offered."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save one row."""
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[no-any-return]
        except DomainError as refusal:
            return self._refused(request, refusal)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask about and do what deleting means for the row."""
        try:
            return super().delete_view(request, *args, **kwargs)  # type: ignore[no-any-return]
        except DomainError as refusal:
            return self._refused(request, refusal)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the rows or run an action over the chosen ones."""
        try:
            return super().changelist_view(request, *args, **kwargs)  # type: ignore[no-any-return]
        except DomainError as refusal:
            return self._refused(request, refusal)

    def _refused(self, request: HttpRequest, refusal: DomainError) -> HttpResponse:
        self.message_user(request, refusal.sentence, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())


class ReadOnlyPage(ServicePage):
    """A page to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody edits rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes rows by hand."""
        return False
