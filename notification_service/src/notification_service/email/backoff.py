"""When a mail is tried again. Pure."""

import random
from datetime import timedelta
from typing import Final

MAX_ATTEMPTS: Final = 8
FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(minutes=30)


def next_wait(attempts: int) -> timedelta:
    """Return how long to wait after the n-th failed attempt: doubling, half of it jitter."""
    longest = min(FIRST * int(2 ** (attempts - 1)), LONGEST)
    return longest * random.uniform(0.5, 1)  # noqa: S311 jitter


def is_exhausted(attempts: int) -> bool:
    """Tell whether a mail has had all its attempts."""
    return attempts >= MAX_ATTEMPTS
