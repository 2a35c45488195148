"""One running copy of the stack: its folder, its ports, its secrets.

Everything that a run leaves behind is below the instance folder, `.local/` unless
`TTS_INSTANCE_DIR` names another. As root, the few things that a system user must reach
(PostgreSQL's data, nginx's files) are below a folder of /var/tmp that the state names.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stack.say import Refused

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_DIR = ROOT / ".local"
LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107
SAVING = threading.RLock()  # several stages run at a time


@dataclass
class Instance:
    """The folder of one stack and the choices that were made for it."""

    dir: Path
    ports: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)

    @property
    def is_default(self) -> bool:
        return self.dir == DEFAULT_DIR

    @property
    def run_dir(self) -> Path:
        return self.dir / "run"

    @property
    def log_dir(self) -> Path:
        return self.dir / "log"

    @property
    def status_file(self) -> Path:
        return self.dir / "status.json"

    @property
    def reach(self) -> Path:
        """The folder that servers' system users can reach."""
        return Path(str(self.marks["reach"]))

    @property
    def supervisor_socket(self) -> Path:
        """The supervisor's socket; outside the folder where its path would be too long."""
        inside = self.run_dir / "supervisor.sock"
        return inside if len(str(inside)) < LONGEST_SOCKET_PATH else self.reach / "supervisor.sock"

    def secret(self, name: str) -> str:
        """The secret of that name, made and kept at its first use."""
        with SAVING:
            if name not in self.secrets:
                self.secrets[name] = secrets.token_urlsafe(32)
                self.save()
            return self.secrets[name]

    def save(self) -> None:
        """Write the state, readable by its owner only, in one step."""
        with SAVING:
            state = {"ports": self.ports, "secrets": self.secrets, "marks": self.marks}
            write_private(self.dir / "state.json", json.dumps(state, indent=1, sort_keys=True))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the instance alone. Raises Refused when another door works on it."""
        with (self.dir / "lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refused(f"another scripts/ command is working on {self.dir}") from error
            yield


def write_private(path: Path, text: str) -> None:
    """Replace a file that only its owner may read."""
    fresh = path.with_name(path.name + ".new")
    fresh.touch(mode=0o600)
    fresh.chmod(0o600)
    fresh.write_text(text)
    fresh.replace(path)


def chosen_dir() -> Path:
    """The instance folder that the environment names, or the default one."""
    named = os.environ.get("TTS_INSTANCE_DIR")
    return Path(named).resolve() if named else DEFAULT_DIR


def load(path: Path | None = None) -> Instance:
    """The instance of a folder, as its state tells; an empty one when it never ran."""
    where = path or chosen_dir()
    state = where / "state.json"
    if not state.exists():
        return Instance(dir=where)
    kept = json.loads(state.read_text())
    return Instance(
        dir=where, ports=kept["ports"], secrets=kept["secrets"], marks=kept.get("marks", {})
    )


def prepare(instance: Instance) -> None:
    """Make the folders of an instance; asks nothing of the machine."""
    instance.dir.mkdir(parents=True, exist_ok=True)
    instance.dir.chmod(0o700)
    for folder in (instance.run_dir, instance.log_dir):
        folder.mkdir(exist_ok=True)
    if "reach" not in instance.marks or not instance.reach.is_dir():
        instance.marks["reach"] = str(_reachable_folder(instance))
        instance.save()


def _reachable_folder(instance: Instance) -> Path:
    if os.geteuid() != 0:
        return instance.dir
    made = Path(tempfile.mkdtemp(prefix="tts-", dir="/var/tmp"))
    made.chmod(0o711)
    return made
