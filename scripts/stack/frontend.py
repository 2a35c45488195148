"""The web UI: installed when its lock changed, built when its sources changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from stack import node
from stack.instance import DEFAULT_DIR, ROOT
from stack.say import Refused
from stack.shell import end_of, run

HOME = ROOT / "frontend"
SOURCES = ("src", "public", "index.html", "package.json")
CONFIGS = ("*.config.*", "tsconfig*.json", "package-lock.json")
NOTES = DEFAULT_DIR / "frontend"


def exists() -> bool:
    return (HOME / "package-lock.json").exists()


def npm(*arguments: str, output: Path | None = None) -> None:
    """Run npm in the front end's folder. Raises Refused with the end of what it printed."""
    done = run([node.npm(), *arguments], cwd=HOME, env=node.environment())
    if output:
        output.write_text(done.stdout)
    if done.returncode != 0:
        raise Refused(f"npm {' '.join(arguments)} failed\n{end_of(done.stdout)}")


def ensure_installed() -> None:
    """`npm ci`, when the lock is another than the installed one."""
    lock = hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    if (HOME / "node_modules").is_dir() and _noted("installed") == lock:
        return
    npm("ci", "--no-audit", "--no-fund")
    _note("installed", lock)


def ensure_built() -> bool:
    """Build when an input changed; answers whether it built."""
    if not exists():
        return False
    version = _inputs_version()
    if (HOME / "dist" / "index.html").exists() and _noted("built") == version:
        return False
    ensure_installed()
    npm("run", "build")
    _note("built", version)
    return True


def _inputs_version() -> str:
    digest = hashlib.sha256()
    for path in sorted(_inputs()):
        digest.update(str(path.relative_to(HOME)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _inputs() -> set[Path]:
    found = {path for pattern in CONFIGS for path in HOME.glob(pattern)}
    for name in SOURCES:
        path = HOME / name
        found |= set(path.rglob("*")) if path.is_dir() else {path}
    return {path for path in found if path.is_file()}


def _noted(name: str) -> str | None:
    path = NOTES / name
    return path.read_text() if path.exists() else None


def _note(name: str, value: str) -> None:
    NOTES.mkdir(parents=True, exist_ok=True)
    (NOTES / name).write_text(value)
