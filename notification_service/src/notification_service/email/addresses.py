"""Rules of what may stand in the header of a mail. Pure."""

import unicodedata
from email.utils import parseaddr
from typing import Final

from servicekit.errors import Invalid
from servicekit.mail import mail_address

MAX_NAME_CHARS: Final = 300


class HeaderInjection(Invalid):
    """A value for a header holds a line break or another control character."""

    code = "HEADER_INJECTION"
    message = "Line breaks and control characters are not allowed here."


class AddressInvalid(Invalid):
    """A recipient is no e-mail address."""

    code = "ADDRESS_INVALID"
    message = "This is not an e-mail address."


def checked_address(address: str, *, field: str) -> str:
    """Return the bare address; raises HeaderInjection, AddressInvalid naming `field`."""
    checked_header(address, field=field)
    try:
        return mail_address(address.strip())
    except ValueError as error:
        raise AddressInvalid(field=field) from error


def fault_of(*, address: str, name: str) -> Invalid | None:
    """Return what is wrong with a recipient, None for a good one."""
    try:
        checked_address(address, field="user_email")
        checked_header(name, field="user_name")
    except Invalid as error:
        return error
    return None


def domain_of(sender: str) -> str:
    """Return the domain of `Name <user@domain>`; raises ValueError when there is none."""
    _, address = parseaddr(sender)
    _, _, domain = address.rpartition("@")
    if not domain:
        raise ValueError(f"{sender!r} holds no e-mail address")
    return domain


def checked_header(value: str, *, field: str) -> str:
    """Return a value that is fit for a header; raises HeaderInjection naming `field`."""
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} for char in value):
        raise HeaderInjection(field=field)
    return value.strip()[:MAX_NAME_CHARS]
