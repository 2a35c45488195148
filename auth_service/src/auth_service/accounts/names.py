"""How names are compared: pure rules about user names and e-mail addresses."""

import re
import unicodedata

from servicekit.errors import Invalid

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,149}", re.ASCII)


def check_username(username: str) -> None:
    """Refuse a user name that could be read as an e-mail address or as another person's name."""
    if not USERNAME.fullmatch(username):
        raise Invalid(
            "Use letters, digits, dots, hyphens, plus signs and underscores; "
            "start with a letter or a digit.",
            field="username",
        )


def normalized(name: str) -> str:
    """A name as it was typed, but for what cannot be seen of it."""
    return unicodedata.normalize("NFKC", name).strip()


def folded(name: str) -> str:
    """The form in which two spellings of one name are equal."""
    return normalized(name).casefold()


def is_email(name: str) -> bool:
    """Whether somebody who signs in gave an address; user names never contain an @."""
    return "@" in name
