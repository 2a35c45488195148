"""The supervisor: its table, and what the doors ask of it.

The table says nothing secret: each process gets its environment from a private file that
`launch.py` reads. A process is restarted when its entry changed: its command, its environment
or its version.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import sys
import time
import xmlrpc.client
from pathlib import Path
from typing import Any, cast

from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

from stack.environment import digest
from stack.instance import Instance, write_private
from stack.launch import end, leftovers
from stack.machine import machine
from stack.processes import Process
from stack.say import Refused
from stack.shell import end_of, run

LAUNCH = Path(__file__).with_name("launch.py")
RUNNING, STOPPED_STATES = "RUNNING", {"STOPPED", "EXITED", "FATAL", "UNKNOWN"}


def conf(instance: Instance) -> Path:
    return instance.run_dir / "supervisor.conf"


def write_table(instance: Instance, table: list[Process]) -> None:
    """Write the supervisor's settings and the environment of each process."""
    folder = instance.run_dir / "env"
    folder.mkdir(exist_ok=True)
    for process in table:
        write_private(folder / f"{process.name}.json", json.dumps(process.environment, indent=1))
    entries = [_head(instance), *(_entry(instance, process) for process in table)]
    write_private(conf(instance), "\n".join(entries))


def _head(instance: Instance) -> str:
    user = "user=root\n" if os.geteuid() == 0 else ""
    return f"""[unix_http_server]
file={instance.supervisor_socket}
chmod=0600

[supervisord]
{user}pidfile={instance.run_dir / "supervisor.pid"}
logfile={instance.log_dir / "supervisor.log"}
logfile_maxbytes=5MB
logfile_backups=1
childlogdir={instance.log_dir}
directory={instance.dir}
minfds=4096

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""


def _entry(instance: Instance, process: Process) -> str:
    launched = [sys.executable, "-S", str(LAUNCH), str(instance.dir), process.name]
    command = [*launched, str(process.niceness), "--", *process.command]
    version = hashlib.sha256(process.version.encode()).hexdigest()[:16]
    return f"""[program:{process.name}]
command={shlex.join(command).replace("%", "%%")}
directory={process.directory}
environment=TTS_ENVIRONMENT="{digest(process.environment)}",TTS_VERSION="{version}"
autostart=true
autorestart=true
startsecs=1
startretries=1000
stopsignal={process.stop_signal}
stopwaitsecs={process.stop_wait_s}
killasgroup=true
redirect_stderr=true
stdout_logfile={instance.log_dir / process.name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=2
"""


def rpc(instance: Instance) -> Any:
    """The supervisor's remote interface; any call raises OSError when it does not run."""
    transport = SupervisorTransport(None, None, f"unix://{instance.supervisor_socket}")
    return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor


def is_running(instance: Instance) -> bool:
    if "reach" not in instance.marks:
        return False
    try:
        rpc(instance).getState()
    except (OSError, xmlrpc.client.Error):
        return False
    return True


def end_orphans(instance: Instance) -> None:
    """End what a killed supervisor left running, so that its ports and files are free."""
    os.environ["TTS_HOMES"] = f"{instance.dir}:{instance.reach}"
    end(leftovers(str(instance.dir)), patience_s=10)


def start(instance: Instance) -> None:
    """Start the supervisor with the table as written."""
    homes = f"{instance.dir}:{instance.reach}"
    instance.supervisor_socket.unlink(missing_ok=True)
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(conf(instance))]
    marks = {"TTS_INSTANCE": str(instance.dir), "TTS_PROCESS": "supervisor", "TTS_HOMES": homes}
    done = run(command, env=machine() | marks)
    if done.returncode != 0:
        raise Refused(f"the supervisor did not start: {end_of(done.stdout)}")
    wait_for(lambda: is_running(instance), what="the supervisor", limit_s=10)


def apply(instance: Instance, names: set[str]) -> list[str]:
    """Make the named processes run as the table says; answers with what was (re)started."""
    server = rpc(instance)
    added, changed, removed = server.reloadConfig()[0]
    stale = [name for name in [*changed, *removed] if name in names]
    for name in stale:
        server.stopProcessGroup(name, False)
    for name in stale:
        wait_for(lambda name=name: _is_stopped(server, name), what=f"the end of {name}", limit_s=50)
        server.removeProcessGroup(name)
    fresh = [name for name in [*added, *changed] if name in names]
    for name in fresh:
        server.addProcessGroup(name)
    idle = [name for name, entry in states(instance).items() if entry["state"] != "running"]
    for name in names.intersection(idle):
        _start_if_stopped(server, name)
    return fresh


def _start_if_stopped(server: Any, name: str) -> None:
    if server.getProcessInfo(name)["statename"] in STOPPED_STATES:
        server.startProcess(name, False)


def _is_stopped(server: Any, name: str) -> bool:
    return cast(str, server.getProcessInfo(name)["statename"]) in STOPPED_STATES


def removed_names(instance: Instance, table: set[str]) -> set[str]:
    """Processes that run but that the table no longer has."""
    return set(states(instance)) - table


def states(instance: Instance) -> dict[str, dict[str, Any]]:
    """State and pid of every process by name, as the supervisor sees them."""
    return {
        entry["name"]: {
            "pid": entry["pid"] or None,
            "state": entry["statename"].lower(),
            "uptime_s": entry["now"] - entry["start"] if entry["statename"] == RUNNING else 0,
        }
        for entry in rpc(instance).getAllProcessInfo()
    }


def stop_all(instance: Instance, order: list[set[str]]) -> None:
    """Stop the processes group after group, then the supervisor itself."""
    server = rpc(instance)
    for group in order:
        running = [name for name in states(instance) if name in group]
        for name in running:
            if not _is_stopped(server, name):
                server.stopProcess(name, False)
        for name in running:
            wait_for(
                lambda name=name: _is_stopped(server, name), what=f"the end of {name}", limit_s=50
            )
    server.shutdown()
    wait_for(lambda: not is_running(instance), what="the supervisor's end", limit_s=60)


def wait_for(holds: Any, *, what: str, limit_s: float, pause_s: float = 0.1) -> None:
    """Wait until the condition holds. Raises Refused after the limit."""
    deadline = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > deadline:
            raise Refused(f"waited {limit_s:.0f} s in vain for {what}")
        time.sleep(pause_s)
