"""Where mail goes locally: maildev, an SMTP server with a web page and an API."""

from __future__ import annotations

import shutil
import socket

from stack import node
from stack.instance import DEFAULT_DIR, ROOT, Instance
from stack.say import Refused
from stack.shell import end_of, run

PINNED = ROOT / "deploy" / "local" / "mail"
PROGRAM = DEFAULT_DIR / "mail" / "node_modules" / ".bin" / "maildev"


def prepare() -> None:
    """Install the pinned maildev below .local/, once for every instance."""
    folder = DEFAULT_DIR / "mail"
    kept = folder / "package-lock.json"
    wanted = (PINNED / "package-lock.json").read_text()
    if PROGRAM.exists() and kept.exists() and kept.read_text() == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINNED / name, folder / name)
    npm = [node.npm(), "ci", "--no-audit", "--no-fund", "--omit=dev"]
    done = run(npm, cwd=folder, env=node.environment())
    if done.returncode != 0:
        raise Refused(f"maildev could not be installed: {end_of(done.stdout)}")


def command(instance: Instance) -> list[str]:
    return [
        str(PROGRAM),
        "--ip=127.0.0.1",
        "--web-ip=127.0.0.1",
        f"--smtp={instance.ports['mail-smtp']}",
        f"--web={instance.ports['mail-web']}",
        f"--mail-directory={instance.dir / 'mail-store'}",
        "--silent",
    ]


def smtp_url(instance: Instance) -> str:
    return f"smtp://127.0.0.1:{instance.ports['mail-smtp']}"


def web_url(instance: Instance) -> str:
    return f"http://127.0.0.1:{instance.ports['mail-web']}"


def answers(instance: Instance) -> bool:
    for name in ("mail-smtp", "mail-web"):
        try:
            socket.create_connection(("127.0.0.1", instance.ports[name]), timeout=2).close()
        except OSError:
            return False
    return True
