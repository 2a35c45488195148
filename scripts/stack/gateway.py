"""The private nginx: rendered from the template that every deployment uses."""

from __future__ import annotations

import os
import shutil
import string
from pathlib import Path

from stack import install, web
from stack.instance import ROOT, Instance
from stack.say import Refused
from stack.services import SERVICES
from stack.shell import run

TEMPLATES = ROOT / "nginx"
BUILT_UI = ROOT / "frontend" / "dist"
# One machine is one client here: tests and load generators all come from 127.0.0.1.
API_RATE = "1000r/s"
SIGN_IN_RATE = "200r/s"


def home(instance: Instance) -> Path:
    return instance.reach / "gateway"


def url(instance: Instance) -> str:
    return f"http://127.0.0.1:{instance.ports['gateway']}"


def values(instance: Instance) -> dict[str, str]:
    """What the two templates leave open."""
    addresses = {
        f"{service.name.upper()}_ADDRESS": f"127.0.0.1:{instance.ports[service.name]}"
        for service in SERVICES
    }
    return addresses | {
        "GATEWAY_LISTEN": f"127.0.0.1:{instance.ports['gateway']}",
        "UI_ROOT": str(home(instance) / "ui"),
        "HOME_DIR": str(home(instance)),
        "USER_DIRECTIVE": "user nobody nogroup;" if os.geteuid() == 0 else "",
        "API_RATE": API_RATE,
        "SIGN_IN_RATE": SIGN_IN_RATE,
        "PUBLIC_URL": url(instance),
    }


def prepare(instance: Instance) -> None:
    """Write the settings, and refuse with nginx's own words when it does not take them."""
    folder = home(instance)
    (folder / "ui").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    for name in ("gateway", "local"):
        text = (TEMPLATES / f"{name}.conf.template").read_text()
        rendered = string.Template(text).safe_substitute(values(instance))
        (folder / f"{name}.conf").write_text(rendered)
    check = [*command(instance), "-t", "-q"]
    done = run(check, cwd=folder)
    if done.returncode != 0:
        raise Refused(f"nginx refuses its settings: {done.stdout.strip()}")


def publish_ui(instance: Instance) -> None:
    """Copy the built web UI to where nginx's workers can read it; old assets stay for open tabs."""
    if not BUILT_UI.is_dir():
        return
    shutil.copytree(BUILT_UI, home(instance) / "ui", dirs_exist_ok=True)
    for path in (home(instance) / "ui").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def command(instance: Instance) -> list[str]:
    folder = home(instance)
    program = str(install.find(install.NGINX))
    return [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "local.conf")]


def answers(instance: Instance) -> bool:
    return web.answers(f"{url(instance)}/healthz", limit_s=2)
