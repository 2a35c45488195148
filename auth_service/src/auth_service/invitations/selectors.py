"""Reads of invitations and registrations."""

from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from auth_service.access.models import Role
from auth_service.accounts.rules import HOME_SYSTEM
from auth_service.audit.actors import Actor
from servicekit.errors import NotFound

from .models import Invitation, Registration

PENDING = Invitation.State.PENDING


def invitations(*, by: Actor, at: datetime, state: str = "") -> QuerySet[Invitation]:
    """The invitations that the caller may see, the latest first (`state_now` as of `at`).

    Administrators of tts see all, those of other systems what leads into theirs only.
    """
    is_over = When(Q(state=PENDING, expires_at__lte=at), then=Value("expired"))
    found = Invitation.objects.annotate(
        state_now=Case(is_over, default=F("state"), output_field=CharField())
    )
    found = found.select_related("invited_by").prefetch_related("roles__system").order_by("-pk")
    if not by.administers(HOME_SYSTEM):
        own = Role.objects.filter(system__slug__in=by.admin_of)
        foreign = Role.objects.exclude(system__slug__in=by.admin_of)
        into_own = Invitation.objects.filter(roles__in=own).values("pk")
        beyond = Invitation.objects.filter(roles__in=foreign).values("pk")
        found = found.filter(pk__in=into_own).exclude(pk__in=beyond)
    return found.filter(state_now=state) if state else found


def invitation(invitation_id: int, *, by: Actor, at: datetime) -> Invitation:
    """One invitation that the caller may see. Raises NotFound."""
    found = invitations(by=by, at=at).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def open_invitation(token_sha256: bytes, *, at: datetime) -> Invitation | None:
    """The invitation of a link that still opens something."""
    pending = Invitation.objects.filter(state=PENDING, expires_at__gt=at)
    return pending.filter(token_sha256=token_sha256).first()


def registrations(*, state: str = "") -> QuerySet[Registration]:
    """Those who asked for an account, the latest first."""
    found = Registration.objects.select_related("decided_by").order_by("-pk")
    return found.filter(state=state) if state else found
