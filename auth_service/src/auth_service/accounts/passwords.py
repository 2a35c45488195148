"""Passwords: how they are hashed, which are good enough, and a check of constant cost."""

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from servicekit.errors import Invalid

from .models import User


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def check_good_enough(password: str, *, user: User, field: str = "password") -> None:
    """Refuse a password that is short, common or like the person's names. Raises Invalid."""
    try:
        validate_password(password, user=user)
    except ValidationError as faults:
        raise Invalid(errors={field: list(faults.messages)}) from faults


def is_password_of(user: User | None, *, password: str) -> bool:
    """Whether this is the person's password; one hash is computed for unknown people as well."""
    if user is None or not user.has_usable_password():
        check_password(password, _nobodys_hash())
        return False
    return check_password(password, user.password)


@cache
def _nobodys_hash() -> str:
    return make_password("nobody signs in with this one")
