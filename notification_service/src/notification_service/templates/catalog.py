"""The types of notification, and the templates that ship with the service. Pure."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, get_args

from servicekit.contracts import NotificationType
from servicekit.errors import NotFound

TYPES: Final[tuple[str, ...]] = get_args(NotificationType)

# Mail about the account itself: no preference and no quiet hour holds it back.
MANDATORY: Final = frozenset(
    {
        "account_created",
        "account_locked",
        "email_change",
        "failed_login",
        "invitation",
        "login_alert",
        "otp",
        "password_reset",
    }
)
# Mail that carries a code or a one-time link: its text is not kept once it is sent.
SECRET: Final = frozenset(
    {"account_created", "email_change", "invitation", "otp", "password_reset"}
)
# News that cannot wait for a digest.
URGENT: Final = MANDATORY | {"sla_breach", "sla_warning", "task_escalation"}
# What collects several mails in one; no type of the contract, nobody can ask for it.
DIGEST: Final = "digest"

_DEFAULTS = files(__package__) / "defaults"


class UnknownType(NotFound):
    """There is no notification type of this name."""

    code = "NOTIFICATION_TYPE_UNKNOWN"
    message = "There is no notification type {notification_type!r}."


@dataclass(frozen=True, slots=True)
class Content:
    """The three parts of a template, or of a rendered mail."""

    subject: str
    text: str
    html: str


def check_type(notification_type: str) -> None:
    """Raise UnknownType unless the type is one of the contract's."""
    if notification_type not in TYPES:
        raise UnknownType(notification_type=notification_type)


@cache
def shipped(notification_type: str) -> Content:
    """Return the template that ships for a type; raises UnknownType."""
    if notification_type != DIGEST:
        check_type(notification_type)
    folder = _DEFAULTS / notification_type
    return Content(
        subject=(folder / "subject.txt").read_text("utf-8").strip(),
        text=(folder / "text.txt").read_text("utf-8"),
        html=(folder / "body.html").read_text("utf-8"),
    )


@cache
def layout() -> str:
    """Return the page that surrounds every HTML body."""
    return (_DEFAULTS / "layout.html").read_text("utf-8")


@cache
def samples() -> dict[str, dict[str, Any]]:
    """Return a believable context for each type, for previews."""
    loaded: dict[str, dict[str, Any]] = json.loads((_DEFAULTS / "samples.json").read_text("utf-8"))
    return loaded
