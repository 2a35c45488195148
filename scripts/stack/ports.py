"""Which port each thing listens on: the documented one when free, otherwise the next free one."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Collection
from pathlib import Path

from stack.instance import Instance
from stack.say import Refused, note

DOCUMENTED = {
    "gateway": 1000,
    "workflow": 8002,
    "auth": 8003,
    "ticket": 8004,
    "messaging": 8005,
    "notification": 8006,
    "postgres": 5432,
    "redis": 6379,
    "amqp": 5672,
    "amqp-management": 15672,
    "mail-smtp": 1025,
    "mail-web": 1080,
}
# Erlang's own two ports are never the usual ones: another broker's epmd must not know ours.
INTERNAL = {"epmd": 24369, "amqp-distribution": 25673}
ASIDE = 20000  # where the search starts when the documented port is not to be had
TRIES = 1000
# From here the kernel gives ports to outgoing connections: one of those may hold ours at a restart.
EPHEMERAL = 32768
# What this process has settled and nobody listens on yet: other doors step around it until it ends.
_claims: dict[int, int] = {}  # port → descriptor of the socket that stands for it


def choose(instance: Instance, names: list[str], *, held: Collection[str]) -> dict[str, int]:
    """Settle a port for each name and remember it.

    Those of `held` stay as they are, because the instance's own processes listen there.
    """
    taken = set(instance.ports.values())
    for name in names:
        if name in held and name in instance.ports:
            continue
        wanted = _wish(instance, name)
        why = trouble(wanted)
        if wanted in (taken - {instance.ports.get(name)}):
            why = f"port {wanted} is spoken for"
        if why is None and not _claim(wanted):
            why = f"port {wanted} is about to be used by another scripts/ command"
        port = wanted if why is None else _next_free(wanted, taken)
        if why is not None and name not in INTERNAL:
            note(f"  ! {why}; {name} uses {port} instead")
        instance.ports[name] = port
        taken.add(port)
    instance.save()
    return instance.ports


def _claim(port: int) -> bool:
    """Keep a port for this process, unless another has settled on it; the kernel ends the claim."""
    if port in _claims:
        return True
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0tts-port-{port}")
    except OSError:
        claim.close()
        return False
    _claims[port] = claim.detach()
    return True


def trouble(port: int) -> str | None:
    """Why the port cannot be listened on, naming who holds it; None when it can."""
    try:
        _try_to_listen(port)
    except PermissionError:
        return f"port {port} needs root"
    except OSError:
        return f"port {port} is taken by {holder(port)}"
    return None


def is_free(port: int) -> bool:
    """Whether the port can be listened on; quicker than asking what the trouble is."""
    try:
        _try_to_listen(port)
    except OSError:
        return False
    return True


def _try_to_listen(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        probe.listen(1)


def holder(port: int) -> str:
    """The name and pid of the process that listens on a port."""
    inodes = _listening_inodes(port)
    for process in Path("/proc").glob("[0-9]*"):
        if inodes.intersection(_open_files(process)):
            name = (process / "comm").read_text().strip()
            return f"{name} (pid {process.name})"
    return "a process of another user"


def _open_files(process: Path) -> set[str]:
    links = set()
    with contextlib.suppress(OSError):  # ended meanwhile, or another user's
        for entry in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                links.add(str(entry.readlink()))
    return links


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for columns in (line.split() for line in lines):
            is_listening = columns[3] == "0A"
            if is_listening and int(columns[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{columns[9]}]")
    return found


def _wish(instance: Instance, name: str) -> int:
    remembered = instance.ports.get(name, EPHEMERAL)
    if remembered < EPHEMERAL:
        return remembered
    if name in INTERNAL:
        return INTERNAL[name]
    return DOCUMENTED[name] if instance.is_default else _aside(DOCUMENTED[name])


def _aside(port: int) -> int:
    """The port's place beside the documented ones, below what outgoing connections use."""
    aside = port + ASIDE
    return aside if aside < EPHEMERAL else aside - ASIDE // 2 + TRIES


def _next_free(wanted: int, taken: set[int]) -> int:
    start = _aside(wanted) if wanted < ASIDE else wanted + 1
    for port in range(start, min(start + TRIES, EPHEMERAL)):
        if port not in taken and is_free(port) and _claim(port):
            return port
    raise Refused(f"no free port from {start} on")
