"""Running other programs, always with their output caught and never through a shell."""

from __future__ import annotations

import subprocess
from pathlib import Path


def run(
    command: list[str],
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    limit_s: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; stdout and stderr are one text. Raises TimeoutExpired."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=env,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=limit_s,
    )


def end_of(output: str, lines: int = 25) -> str:
    """The last lines of what a program printed."""
    return "\n".join(output.strip().splitlines()[-lines:])
