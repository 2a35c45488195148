"""What is an e-mail address, for every service."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

MAX_LOCAL_CHARS, MAX_CHARS = 64, 254  # RFC 5321


def mail_address(text: str) -> str:
    """Return a text that is an address, its domain in any script; raises ValueError."""
    local, _, domain = text.rpartition("@")
    try:
        validate_email(text)
        as_sent = f"{local}@{punycode(domain)}"
    except (ValidationError, UnicodeError) as fault:
        raise ValueError("Enter a valid e-mail address.") from fault
    if len(local) > MAX_LOCAL_CHARS or len(as_sent) > MAX_CHARS or not text.isprintable():
        raise ValueError("Enter a valid e-mail address.")
    return text
