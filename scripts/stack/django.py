"""Management commands of the services: migrations, demo data, and whatever else is asked."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from stack.environment import fingerprint, marked, of_service
from stack.instance import ROOT, Instance
from stack.say import Refused
from stack.services import SERVICES, Service
from stack.shell import end_of, run


def manage(
    instance: Instance,
    service: Service,
    *arguments: str,
    migrating: bool = False,
    limit_s: float = 180,
) -> str:
    """Run `manage.py` of a service; answers with its output.

    Raises Refused with the end of the output when it fails or takes longer than the limit.
    """
    name = f"{service.name}-manage"
    environment = marked(instance, name) | of_service(
        instance, service, kind="command", migrating=migrating
    )
    try:
        done = run(
            [sys.executable, "manage.py", *arguments, "--skip-checks"],
            cwd=service.path,
            env=environment,
            limit_s=limit_s,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(f"{service.folder}: {arguments[0]} took over {limit_s:.0f} s") from error
    (instance.log_dir / f"{name}-{arguments[0]}.log").write_text(done.stdout)
    if done.returncode != 0:
        raise Refused(
            f"{service.folder}: manage.py {' '.join(arguments)} failed\n{end_of(done.stdout)}"
        )
    return done.stdout


def is_applied(instance: Instance, what: str, version: str) -> bool:
    applied: dict[str, str] = instance.marks.get("applied", {})
    return applied.get(what) == version


def mark_applied(instance: Instance, what: str, version: str) -> None:
    instance.marks.setdefault("applied", {})[what] = version
    instance.save()


def migrations_version() -> str:
    """Changes whenever a migration of ours or a locked library does."""
    ours = [path for service in SERVICES for path in (service.path / "src").rglob("migrations")]
    kit = list((ROOT / "servicekit" / "src").rglob("migrations"))
    locked = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
    return fingerprint(*sorted(ours), *sorted(kit)) + locked[:16]


def migrate(instance: Instance) -> None:
    """Bring the five databases up to date, several at a time; skipped when they are."""
    version = migrations_version()
    if is_applied(instance, "migrations", version):
        return
    with ThreadPoolExecutor(max_workers=3) as pool:
        list(pool.map(lambda service: _migrate(instance, service), SERVICES))
    mark_applied(instance, "migrations", version)


def _migrate(instance: Instance, service: Service) -> None:
    manage(instance, service, "migrate", "--noinput", "-v", "1", migrating=True)


def seed(instance: Instance, service: Service, *, always: bool = False) -> None:
    """Write the demo data of a service; skipped when this code already did."""
    version = fingerprint(service.path / "src")
    if always or not is_applied(instance, f"seed-{service.name}", version):
        manage(instance, service, "seed_demo")
        mark_applied(instance, f"seed-{service.name}", version)
