"""The mails about accounts; each goes through the outbox, in the transaction of its reason."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from servicekit import outbox
from servicekit.contracts import SendEmail
from servicekit.outbox.models import OutboxMessage

from .links import url
from .models import User

LABELS = {
    "email": "e-mail address",
    "first_name": "first name",
    "last_name": "last name",
    "time_zone": "time zone",
    "username": "user name",
}


def send_reset(user: User, *, token: str, expires_at: datetime) -> None:
    """Send the link by which a forgotten password is replaced."""
    context = {
        "user_name": user.full_name,
        "reset_url": url("reset", token),
        "expires_at": expires_at.isoformat(),
    }
    outbox.record(SendEmail(to=user.email, notification_type="password_reset", context=context))


def send_first_password(user: User, *, token: str, actor_name: str, expires_at: datetime) -> None:
    """Invite somebody whose account exists to set the first password."""
    context = {
        "user_name": user.full_name,
        "actor_name": actor_name,
        "invitation_url": url("reset", token),
        "expires_at": expires_at.isoformat(),
    }
    outbox.record(SendEmail(to=user.email, notification_type="invitation", context=context))


def send_confirmation(user: User, *, to: str, token: str, expires_at: datetime) -> None:
    """Send the link by which the owner of a new address says that it is theirs."""
    context = {
        "user_name": user.full_name,
        "new_email": to,
        "confirm_url": url("confirm-email", token),
        "expires_at": expires_at.isoformat(),
    }
    outbox.record(SendEmail(to=to, notification_type="email_change", context=context))


def send_address_wanted(user: User, *, wanted: str) -> None:
    """Tell the address of now that another one is to follow it."""
    message = (
        f"Somebody asked to use {wanted} for your account from now on. It changes when the link "
        "in a mail to that address is opened. If it was not you, change your password at once: "
        "that voids the link."
    )
    subject = "Your e-mail address is about to change"
    send_message(user.email, user_name=user.full_name, subject=subject, message=message)


def send_address_taken(to: str) -> None:
    """Tell whoever has an account that somebody else asked to use its address."""
    message = (
        "Somebody asked to use this address for another account. It belongs to yours, so "
        "nothing happens. If it was you, sign in with this account."
    )
    send_message(to, user_name="", subject="Your address stays yours", message=message)


def send_changed(
    user: User, *, fields: Iterable[str], at: datetime, actor_name: str = "", to: str = ""
) -> None:
    """Tell a person what of their account was changed; `to` is an address of before."""
    context = {
        "user_name": user.full_name,
        "changed_fields": ", ".join(LABELS.get(field, field) for field in sorted(fields)),
        "at": at.isoformat(),
        "actor_name": actor_name,
    }
    address = to or user.email
    outbox.record(SendEmail(to=address, notification_type="profile_updated", context=context))


def send_account_created(user: User) -> None:
    """Tell somebody that they can sign in."""
    context = {
        "user_name": user.full_name,
        "username": user.username,
        "login_url": settings.PUBLIC_URL,
    }
    outbox.record(SendEmail(to=user.email, notification_type="account_created", context=context))


def send_message(to: str, *, user_name: str, subject: str, message: str) -> None:
    """Send a plain sentence to an address."""
    context = {"user_name": user_name, "subject": subject, "message": message}
    outbox.record(SendEmail(to=to, notification_type="system", context=context))


def forget_sent(*, at: datetime) -> None:
    """Delete the mails that the broker has confirmed: they hold links that are otherwise hashed."""
    OutboxMessage.objects.filter(task=SendEmail.TASK, published_at__lte=at).delete()
