"""Work side by side on the machine's processors; what each prints carries its name."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol, TypeVar

MOST = 2  # the tests of a service keep a processor and a half busy, their database included


class Named(Protocol):
    """What can be told apart in the output."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)
R = TypeVar("R")

_name: ContextVar[str] = ContextVar("name", default="")


def side_by_side(each: Sequence[N], run: Callable[[N], R]) -> list[R]:
    """Run all, in the order given, two at a time where there are two processors."""
    lanes = min(MOST, len(os.sched_getaffinity(0)), len(each))
    if lanes < MOST:
        return [run(one) for one in each]

    def named(one: N) -> R:
        _name.set(one.name)
        return run(one)

    with ThreadPoolExecutor(lanes) as pool:
        return list(pool.map(named, each))


def timed(command: list[str], *, cwd: Path, env: dict[str, str]) -> tuple[int, float]:
    """Run a command in plain sight; answers with its exit code and its seconds."""
    started = time.monotonic()
    name = _name.get()
    if not name:
        code = subprocess.run(command, cwd=cwd, env=env, check=False).returncode
        return code, time.monotonic() - started
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(f"{name:<20} | {line}", end="", flush=True)
    return process.returncode, time.monotonic() - started
