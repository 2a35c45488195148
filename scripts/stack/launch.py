"""Start one supervised process, after what a killed predecessor left behind is gone.

A `kill -9` of a parent leaves its children: nginx workers keep the socket, Erlang's node keeps
its name. They are found by the marker in their environment or by their working folder, never by
a program's name. Runs with the standard library only, then becomes the process (same pid).

Usage: launch.py INSTANCE PROCESS NICENESS -- COMMAND…
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")
# Programs that overwrite their environment with their title; known by their working folder.
RETITLED = {"nginx", "postgres", "redis-server", "valkey-server"}
FOLDERS = {"gateway": "gateway", "postgres": "postgres/data", "redis": "redis"}


def leftovers(instance: str, process: str | None = None) -> list[int]:
    """Pids of the instance's processes (or of one of them), this one and its parents left out."""
    ours = _ancestors()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        if pid not in ours and _belongs(entry, instance, process):
            found.append(pid)
    return found


def _belongs(entry: Path, instance: str, process: str | None) -> bool:
    try:
        variables = (entry / "environ").read_bytes().split(b"\0")
        if f"TTS_INSTANCE={instance}".encode() in variables:
            return process is None or f"TTS_PROCESS={process}".encode() in variables
        if (entry / "comm").read_text().strip() not in RETITLED:
            return False
        folder = (entry / "cwd").readlink()
    except OSError:
        return False  # ended meanwhile, or another user's
    homes = os.environ.get("TTS_HOMES", instance).split(":")
    names = FOLDERS.values() if process is None else [FOLDERS.get(process, "-")]
    return str(folder) in {f"{home}/{name}" for home in homes for name in names}


def _ancestors() -> set[int]:
    pids, pid = set(), os.getpid()
    while pid > 1:
        pids.add(pid)
        status = Path(f"/proc/{pid}/status").read_text()
        pid = int(status.split("PPid:")[1].split()[0])
    return pids


def end(pids: list[int], *, patience_s: float) -> None:
    """Ask the processes to end, and end those that have not after the patience."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, wanted)
        deadline = time.monotonic() + patience_s
        while pids and time.monotonic() < deadline:
            pids = [pid for pid in pids if _runs(pid)]
            time.sleep(0.05)
        if not pids:
            return


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def yield_to_others(niceness: int) -> None:
    """Run this process and its children only with what others leave.

    Linux shares a processor between sessions first (sched(7), autogroups), and niceness counts
    within one only: beside a PostgreSQL backend, a session of its own, `nice` does nothing.
    So the process leaves the supervisor's session for its own, and that is made nice.
    """
    os.setpgid(0, os.getpgid(os.getppid()))  # the leader of a group cannot found a session
    os.setsid()
    os.nice(niceness)
    for _ in range(20):
        try:
            AUTOGROUP.write_text(str(niceness))
        except BlockingIOError:
            time.sleep(0.1)  # the kernel takes one such change a tenth of a second
        except OSError:
            return  # no autogroups, or none that may be changed: niceness alone has to do
        else:
            return


def main() -> None:
    instance, process, niceness, dashes, *command = sys.argv[1:]
    if dashes != "--":
        raise SystemExit(__doc__)
    private = Path(instance) / "run" / "env" / f"{process}.json"
    environment: dict[str, str] = json.loads(private.read_text())
    os.environ["TTS_HOMES"] = environment["TTS_HOMES"]
    end(leftovers(instance, process), patience_s=5)
    if int(niceness):
        yield_to_others(int(niceness))
    os.execvpe(command[0], command, environment)


if __name__ == "__main__":
    main()
