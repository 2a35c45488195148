"""What the doors print: one line a fact, one line a stage with its time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """The door cannot go on; the message tells the reader why and what to do."""


def note(text: str) -> None:
    """Print one line now; progress goes to stderr so that stdout stays parseable."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Print the stage's name when it ends, with its seconds and whether it failed."""
    started = time.monotonic()
    try:
        yield
    except BaseException:
        note(f"  ✗ {name} [{time.monotonic() - started:.1f} s]")
        raise
    note(f"  ✓ {name} [{time.monotonic() - started:.1f} s]")
