"""Reads the delivery log."""

from django.db.models import Q, QuerySet

from servicekit.auth import Principal

from .models import Email, State


def mails_visible_to(principal: Principal) -> QuerySet[Email]:
    """Return the log, newest first: all of it to administrators, to others their own mail."""
    mails = Email.objects.defer("text", "html").order_by("-id")
    if principal.is_admin():
        return mails
    own = Q(user_id=principal.user_id)
    return mails.filter(own | Q(recipient=principal.email) if principal.email else own)


def narrowed(
    mails: QuerySet[Email],
    *,
    state: str | None = None,
    notification_type: str | None = None,
    recipient: str | None = None,
) -> QuerySet[Email]:
    """Return those of the mails that fit every condition given."""
    wanted = {"state": state, "notification_type": notification_type, "recipient": recipient}
    return mails.filter(**{name: value for name, value in wanted.items() if value is not None})


def failed_mails() -> QuerySet[Email]:
    """Return the mails that need somebody's attention, newest first."""
    return Email.objects.defer("text", "html").filter(state=State.FAILED).order_by("-id")
