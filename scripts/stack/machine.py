"""What this machine gives to everything the stack starts, and nothing of the caller's beyond it."""

from __future__ import annotations

import os

from stack.instance import ROOT

VENV = ROOT / ".venv" / "bin"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PASSED_ON = ("HOME", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR")


def machine(*first: str) -> dict[str, str]:
    """The common environment; `first` are folders in which programs are looked for first."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    path = ":".join([*first, str(VENV), SYSTEM_PATH])
    return kept | {"PATH": path, "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONUNBUFFERED": "1"}
