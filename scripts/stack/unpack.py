"""Debian's packages without root: fetched with a package state of our own and only unpacked.

For RabbitMQ, which has no wheel. Nothing is installed: the files lie below `.local/debian/`, and
the one program that knows its place by heart (`erl`) is replaced by one that is told.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from stack.instance import DEFAULT_DIR
from stack.say import note
from stack.shell import end_of, run

HOME = DEFAULT_DIR / "debian"
ERL = """#!/bin/sh
export ROOTDIR={root}/usr/lib/erlang EMU=beam PROGNAME=erl
BINDIR=$(echo "$ROOTDIR"/erts-*/bin)
export BINDIR
exec "$BINDIR/erlexec" "$@"
"""


def unpack(package: str) -> Path | None:
    """Unpack a package and what it needs beyond what is installed; None when that fails."""
    root = HOME / package
    if root.is_dir():
        return root
    if not all(map(shutil.which, ("apt-get", "dpkg-deb"))):
        return None
    note(f"  … unpacking Debian's {package} below .local/, as nobody here may install it")
    archives = _fetch(package)
    fresh = HOME / f"{package}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for archive in archives:
        done = run(["dpkg-deb", "-x", str(archive), str(fresh)])
        if done.returncode != 0:
            note(f"  ! {end_of(done.stdout, 3)}")
            return None
    if archives:
        fresh.rename(root)
        _tell_erlang(root)
    return root if archives else None


def _fetch(package: str) -> list[Path]:
    lists, cache = HOME / "lists", HOME / "cache"
    for folder in (lists / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    options = [f"Dir::State::lists={lists}", f"Dir::Cache={cache}", "Debug::NoLocking=1"]
    apt = ["apt-get", "-qq", *(word for option in options for word in ("-o", option))]
    wanted = ["install", "-y", "--no-install-recommends", "--download-only", package]
    for arguments in (["update"], wanted):
        done = run([*apt, *arguments], limit_s=600)
        if done.returncode != 0:
            note(f"  ! apt-get: {end_of(done.stdout, 3)}")
            return []
    return sorted((cache / "archives").glob("*.deb"))


def _tell_erlang(root: Path) -> None:
    """Replace both copies of `erl`: RabbitMQ calls one by PATH and the other by its place."""
    home = root / "usr" / "lib" / "erlang"
    for script in (home / "bin" / "erl", *home.glob("erts-*/bin/erl")):
        script.write_text(ERL.format(root=root))
