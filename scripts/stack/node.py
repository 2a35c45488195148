"""npm and npx, from wherever Node comes on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from stack import install


def npm() -> str:
    return str(install.find(install.NODE))


def npx() -> str:
    """npx lies beside npm, whatever npm is called."""
    found = install.find(install.NODE)
    return str(found.with_name(found.name.replace("npm", "npx")))


def folder() -> Path:
    """Where `node` itself is: in a wheel far from npm's own file."""
    found = install.find(install.NODE)
    return found.parents[4] / "bin" if found.name == "npm-cli.js" else found.parent


def environment() -> dict[str, str]:
    """The caller's environment, since npm needs its settings; no colours, no prompts."""
    path = f"{folder()}:{os.environ['PATH']}"
    return dict(os.environ) | {"PATH": path, "CI": "1", "NO_COLOR": "1"}
